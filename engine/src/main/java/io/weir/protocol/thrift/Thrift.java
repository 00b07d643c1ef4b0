package io.weir.protocol.thrift;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Apache Thrift's binary protocol, with or without frames: version 1, message type, and a printable method name of
 * the length given; its compact protocol likewise.
 */
public final class Thrift {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("thrift", "Apache Thrift")
        .firstBytes(0, 0x80, 0x82)
        .tcp(Thrift::detect)
        .udp(Thrift::detect)
        .udpByteFrom(0x80, 1, 0x01, 0x21, 0x41, 0x61, 0x81)
        .build();

    private static final int LONGEST_NAME = 128;

    private Thrift() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) == 0x82) {
            return compact(probe);
        }
        final int at = b.u8(0) == 0x80 ? 0 : 4;
        if (b.u8(at) > 0 && b.u8(at) != 0x80 || b.u8(at + 1) > 1 || b.u8(at + 2) > 0 || b.u8(at + 3) > 4) {
            return Answer.NO;
        }
        if (b.length() < at + 12) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final long name = b.u32(at + 4);
        final int type = b.u8(at + 3);
        return b.u16(at) == 0x8001 && type >= 1 && name >= 3 && name <= LONGEST_NAME && b.isPrintable(at + 8, 3)
            && (at == 0 || b.u32(0) > name + 12) ? type == 2 || type == 3 ? probe.yesFromServer()
            : probe.yesFromClient()
            : Answer.NO;
    }

    /** Type and version 1, sequence and length of the name as varints, the name. */
    private static Answer compact(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(1) >> 5;
        if (b.u8(1) >= 0 && ((b.u8(1) & 31) != 1 || type < 1 || type > 4)) {
            return Answer.NO;
        }
        int at = 2;
        while (b.u8(at) >= 0x80 && at < 6) {
            at++;
        }
        final int name = b.u8(at + 1);
        if (b.length() < at + 8) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        return name >= 3 && name < LONGEST_NAME && b.isPrintable(at + 2, probe.isUdp() ? name : Math.min(name, 6))
            ? type == 2 || type == 3 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }
}
