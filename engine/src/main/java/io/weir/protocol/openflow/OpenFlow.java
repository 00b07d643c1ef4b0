package io.weir.protocol.openflow;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * OpenFlow: both sides begin with a hello that has version, type 0, length and, in later versions, a bitmap of
 * versions.
 */
public final class OpenFlow {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("openflow", "OpenFlow")
        .tcpPorts(6633, 6653)
        .firstByteRange(1, 6)
        .tcp(OpenFlow::detect)
        .build();

    private OpenFlow() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0 || b.length() > 3 && (b.u8(3) < 8 || b.u8(3) > 32)) {
            return Answer.NO;
        }
        if (b.length() < 8) {
            return Answer.MORE;
        }
        if (b.u8(3) > 8) {
            return b.length() < 16 ? Answer.MORE : isBitmap(b) ? Answer.YES : Answer.NO;
        }
        final Bytes other = probe.other();
        final Answer mine = follows(b, 8);
        if (mine != Answer.MORE || b.length() > 8 || other.length() < 8) {
            return mine;
        }
        // A bare hello is too little: another message must follow, or the other side must begin alike.
        return other.u8(0) > 6 || other.u8(0) < 1 || other.u8(1) > 0 ? Answer.NO
            : other.u16(2) == 8 ? other.length() == 8 ? Answer.YES : follows(other, 8)
            : other.length() < 16 ? Answer.MORE : other.u16(2) <= 32 && isBitmap(other) ? Answer.YES : Answer.NO;
    }

    /** Judges what comes behind a hello; nothing may. */
    private static Answer follows(final Bytes b, final int at) {
        return b.length() > at && (b.u8(at) < 1 || b.u8(at) > 6) ? Answer.NO
            : b.length() < at + 4 ? Answer.MORE : isMessage(b, at) ? Answer.YES : Answer.NO;
    }

    private static boolean isBitmap(final Bytes b) {
        return b.u16(8) == 1 && b.u16(10) == b.u8(3) - 8 && b.u32(12) != 0 && b.u32(12) < 0x80;
    }

    private static boolean isMessage(final Bytes b, final int at) {
        return b.u8(at) >= 1 && b.u8(at) <= 6 && b.u8(at + 1) <= 35 && b.u16(at + 2) >= 8 && b.u16(at + 2) < 4096;
    }
}
