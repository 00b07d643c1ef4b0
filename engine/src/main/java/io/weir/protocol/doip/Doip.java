package io.weir.protocol.doip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Diagnostics of vehicles (ISO 13400-2): a version and its complement, what the message is, and its length. */
public final class Doip {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("doip", "Diagnostics over IP")
        .tcpPorts(13400)
        .udpPorts(13400)
        .firstBytes(1, 2, 3, 0xff)
        .tcp(Doip::stream)
        .udp(Doip::datagram)
        .build();

    private static final int HEADER = 8;

    private Doip() {
    }

    static Answer datagram(final Probe probe) {
        final Bytes now = probe.now();
        return isHeader(now) && now.u32(4) == probe.announced() - HEADER ? answer(probe) : Answer.NO;
    }

    static Answer stream(final Probe probe) {
        final Bytes now = probe.now();
        if (now.length() < HEADER) {
            return now.length() > 1 && now.u8(1) != (now.u8(0) ^ 0xff) ? Answer.NO : Answer.MORE;
        }
        return isHeader(now) ? answer(probe) : Answer.NO;
    }

    /** Lengths are those of the kinds of message; diagnostics have addresses of both ends in front. */
    private static boolean isHeader(final Bytes now) {
        final long length = now.u32(4);
        return now.u8(1) == (now.u8(0) ^ 0xff) && switch (now.u16(2)) {
            case 0x0000 -> length == 1;
            case 0x0001, 0x0007, 0x4001, 0x4003 -> length == 0;
            case 0x0002 -> length == 6;
            case 0x0003 -> length == 17;
            case 0x0004 -> length == 32 || length == 33;
            case 0x0005 -> length == 7 || length == 11;
            case 0x0006 -> length == 9 || length == 13;
            case 0x0008 -> length == 2;
            case 0x4002 -> length == 3 || length == 7;
            case 0x4004 -> length == 1;
            case 0x8001 -> length >= 5 && length < 1 << 16;
            case 0x8002, 0x8003 -> length >= 5 && length < 1 << 12;
            default -> false;
        };
    }

    private static Answer answer(final Probe probe) {
        return switch (probe.now().u16(2)) {
            case 0x0001, 0x0002, 0x0003, 0x0005, 0x0008, 0x4001, 0x4003 -> probe.yesFromClient();
            case 0x0004, 0x0006, 0x0007, 0x4002, 0x4004 -> probe.yesFromServer();
            default -> Answer.YES;
        };
    }
}
