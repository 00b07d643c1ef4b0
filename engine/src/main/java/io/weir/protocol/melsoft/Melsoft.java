package io.weir.protocol.melsoft;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * MELSOFT: how Mitsubishi's engineering software finds and programs controllers. A frame has fixed bytes and its
 * length, least significant byte first; the answer to a search repeats the address it was asked from. Seen in
 * captures; the format is not published.
 */
public final class Melsoft {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("melsoft", "MELSOFT connection to MELSEC controllers")
        .udpPorts(5560)
        .firstBytes(0x57, 0xd7, 0xda)
        .udp(Melsoft::detect)
        .udpByte(2, 0)
        .build();

    private static final int REQUEST = 0x57;
    private static final int RESPONSE = 0xd7;
    private static final int FOUND = 0xda;
    private static final int LENGTH_AT = 19;
    private static final int FOUND_LENGTH = 14;

    private Melsoft() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(2) != 0) {
            return Answer.NO;
        }
        return switch (now.u8(0)) {
            case REQUEST -> isFrame(probe) ? probe.yesFromClient() : Answer.NO;
            case RESPONSE -> isFrame(probe) ? Answer.YES : Answer.NO;
            case FOUND -> probe.announced() == FOUND_LENGTH && now.u24(1) == 1 && now.u16(4) == 0x1400
                && now.u32(6) == now.u32(10) && now.u32(6) != 0 && now.has(0, FOUND_LENGTH) ? Answer.YES : Answer.NO;
            default -> Answer.NO;
        };
    }

    private static boolean isFrame(final Probe probe) {
        final Bytes now = probe.now();
        return now.u24(2) == 0 && now.u16(5) == 0x1111 && now.has(LENGTH_AT, 2)
            && now.u16le(LENGTH_AT) == probe.announced() - LENGTH_AT - 2;
    }
}
