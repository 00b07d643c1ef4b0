package io.weir.protocol.oicq;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * OICQ, QQ's protocol on UDP: 0x02, a version, a command, a sequence number, the user's number, and 0x03 at the
 * end.
 */
public final class Oicq {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("oicq", "OICQ (QQ)")
        .udpPorts(8000)
        .firstBytes(0x02)
        .udp(Oicq::detect)
        .encrypted()
        .build();

    private static final int END = 0x03;
    private static final int SHORTEST = 20;
    private static final long LOWEST_USER = 10_000;

    private Oicq() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        return length >= SHORTEST && b.u8(length - 1) == END && isCommand(b.u16(3)) && b.u8(1) >= 0x01
            && b.u8(1) <= 0x40 && b.u32(7) >= LOWEST_USER ? Answer.YES : Answer.NO;
    }

    private static boolean isCommand(final int command) {
        return switch (command) {
            case 0x0001, 0x0002, 0x0004, 0x0005, 0x0006, 0x0009, 0x000d, 0x000e, 0x0012, 0x0016, 0x0017, 0x0018, 0x001c,
                0x001d, 0x0022, 0x0026, 0x0027, 0x003c, 0x0058, 0x0062, 0x0067, 0x0081, 0x0091, 0x00b5, 0x00cd, 0x00ce,
                0x0812, 0x0825, 0x0826, 0x0828, 0x0829, 0x0836 -> true;
            default -> false;
        };
    }
}
