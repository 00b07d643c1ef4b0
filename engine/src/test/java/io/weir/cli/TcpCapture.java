package io.weir.cli;

import io.weir.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pcap file of TCP segments between two hosts, one millisecond apart. */
final class TcpCapture {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;
    static final String CLIENT = "192.0.2.1";
    static final String SERVER = "198.51.100.2";

    private static final int START_SECONDS = 1_700_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int packets;
    private long shift;
    private int laterSeconds;

    TcpCapture() {
        bytes.writeBytes(ByteBuffer.allocate(24).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4)
            .putInt(16, 262_144).putInt(20, 1).array());
    }

    /** Moves the sequence numbers of all segments that follow. */
    TcpCapture shift(final long by) {
        shift = by;
        return this;
    }

    /** What follows comes so much later. */
    TcpCapture later(final int seconds) {
        laterSeconds += seconds;
        return this;
    }

    /** The handshake of a connection whose client and server start at sequence numbers 1,000 and 5,000. */
    TcpCapture open(final int port) {
        return client(port, SYN, 1_000, 0, "").server(port, SYN | ACK, 5_000, 1_001, "")
            .client(port, ACK, 1_001, 5_001, "");
    }

    /** Both sides close, in order, without any data left. */
    TcpCapture close(final int port, final long clientSequence, final long serverSequence) {
        return client(port, FIN | ACK, clientSequence, serverSequence, "")
            .server(port, FIN | ACK, serverSequence, clientSequence + 1, "")
            .client(port, ACK, clientSequence + 1, serverSequence + 1, "");
    }

    TcpCapture client(final int port, final int flags, final long sequence, final long acknowledged,
        final String data) {
        return add(PacketBuilder.ethernet().ipv4(CLIENT, SERVER).tcp(port, 80).flags(flags)
            .seq(sequence + shift).ack(acknowledged + shift).window(65_535).payload(data));
    }

    TcpCapture server(final int port, final int flags, final long sequence, final long acknowledged,
        final String data) {
        return add(PacketBuilder.ethernet().ipv4(SERVER, CLIENT).tcp(80, port).flags(flags)
            .seq(sequence + shift).ack(acknowledged + shift).window(65_535).payload(data));
    }

    TcpCapture add(final PacketBuilder packet) {
        final byte[] built = packet.build();
        bytes.writeBytes(ByteBuffer.allocate(16).putInt(START_SECONDS + laterSeconds + packets / 1_000)
            .putInt(packets % 1_000 * 1_000).putInt(built.length).putInt(built.length).array());
        bytes.writeBytes(built);
        packets++;
        return this;
    }

    Path write(final Path file) throws IOException {
        return Files.write(file, bytes.toByteArray());
    }
}
