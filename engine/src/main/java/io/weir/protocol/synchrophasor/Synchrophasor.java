package io.weir.protocol.synchrophasor;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Synchrophasors (IEEE C37.118.2): 0xAA, frame type and version, frame size, and a checksum at the frame's end. */
public final class Synchrophasor {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ieee-c37118", "IEEE C37.118 synchrophasors")
        .tcpPorts(4712)
        .udpPorts(4713)
        .firstBytes(0xaa)
        .tcp(Synchrophasor::detect)
        .udp(Synchrophasor::detect)
        .build();

    private static final int SHORTEST = 16;

    private Synchrophasor() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(1);
        if (type >= 0 && (type > 0x5f || (type & 15) > 3 || (type & 15) == 0)) {
            return Answer.NO;
        }
        if (b.length() < 4) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final int size = b.u16(2);
        if (size < SHORTEST || size > Probe.MAX_STREAM || probe.isUdp() && size != probe.announced()) {
            return Answer.NO;
        }
        if (b.length() < size) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        if (checksum(b, size - 2) != b.u16(size - 2)) {
            return Answer.NO;
        }
        // Commands are the client's, all else is the device's.
        return type >> 4 == 4 ? probe.yesFromClient() : probe.yesFromServer();
    }

    /** CRC-16 of ITU-T, beginning with all ones. */
    private static int checksum(final Bytes b, final int length) {
        int crc = 0xffff;
        for (int i = 0; i < length; i++) {
            crc ^= b.u8(i) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
        }
        return crc & 0xffff;
    }
}
