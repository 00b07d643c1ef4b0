package io.weir.reassembly.model;

import io.weir.packet.Checksum;

/** Reads the frames of {@link TwoHosts}: Ethernet, IPv4 or IPv6 without options, TCP. Stateless. */
final class TcpFrame {
    static final int SYN = 2;

    private static final int IP = 14;
    private static final int TCP = 6;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int CHECKSUM = 16;

    private TcpFrame() {
    }

    static boolean is(final byte[] frame) {
        return frame.length > IP + IPV4_HEADER && u16(frame, 12) == 0x0800 && frame[IP + 9] == TCP
            || frame.length > IP + IPV6_HEADER && u16(frame, 12) == 0x86dd && frame[IP + 6] == TCP;
    }

    /** Offset of the TCP header. */
    static int header(final byte[] frame) {
        return IP + (u16(frame, 12) == 0x0800 ? IPV4_HEADER : IPV6_HEADER);
    }

    static int sourcePort(final byte[] frame) {
        return u16(frame, header(frame));
    }

    static int window(final byte[] frame) {
        return u16(frame, header(frame) + 14);
    }

    static int sequence(final byte[] frame) {
        final int at = header(frame) + 4;
        return u16(frame, at) << 16 | u16(frame, at + 2);
    }

    static int payloadLength(final byte[] frame) {
        final int at = header(frame);
        return frame.length - at - (frame[at + 12] >> 4 & 0xf) * 4;
    }

    static boolean has(final byte[] frame, final int flag) {
        return (frame[header(frame) + 13] & flag) != 0;
    }

    /** Finishes a checksum that the sending host left to its hardware. */
    static void finishChecksum(final byte[] frame) {
        final int at = header(frame);
        final int addresses = at == IP + IPV4_HEADER ? 8 : 32;
        final int length = frame.length - at;
        put16(frame, at + CHECKSUM, 0);
        long sum = Checksum.sum(frame, at - addresses, addresses + length, 0);
        sum = Checksum.sumLengthAndProtocol(length, TCP, sum);
        put16(frame, at + CHECKSUM, Checksum.fold(sum));
    }

    private static int u16(final byte[] frame, final int offset) {
        return (frame[offset] & 0xff) << 8 | frame[offset + 1] & 0xff;
    }

    private static void put16(final byte[] frame, final int offset, final int value) {
        frame[offset] = (byte) (value >> 8);
        frame[offset + 1] = (byte) value;
    }
}
