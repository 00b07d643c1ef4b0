package io.weir.protocol.rtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** RTP, RFC 3550: nothing in one packet is certain, so two that follow each other must agree. */
public final class Rtp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rtp", "RTP")
        .firstByteRange(0x80, 0xbf)
        .udp(Rtp::detect)
        .build();

    private static final int HEADER = 12;
    private static final int SEQUENCE = 2;
    private static final int SOURCE = 8;
    /** Packets that may be missing between two that are compared. */
    private static final int MAX_STEP = 16;
    private static final int LAST_STATIC = 34;
    private static final int FIRST_DYNAMIC = 96;

    private Rtp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!isPacket(now, 0, probe.announced())) {
            return Answer.NO;
        }
        return follows(probe.before(), now, 0) ? Answer.YES : Answer.MORE;
    }

    /** True if a packet of this length may begin here: version 2, a payload type in use, a header that fits. */
    public static boolean isPacket(final Bytes bytes, final int at, final int length) {
        final int first = bytes.u8(at);
        final int type = bytes.u8(at + 1) & 0x7f;
        if (!bytes.has(at, HEADER) || first >> 6 != 2 || type > LAST_STATIC && type < FIRST_DYNAMIC) {
            return false;
        }
        final int sources = HEADER + 4 * (first & 15);
        return length >= ((first & 0x10) == 0 ? sources : sources + 4 + 4 * Math.max(0, bytes.u16(at + sources + 2)));
    }

    /** True if a packet has the source of an earlier one, whose beginning was kept, and comes soon behind it. */
    public static boolean follows(final Bytes before, final Bytes now, final int at) {
        final int step = now.u16(at + SEQUENCE) - before.u16(SEQUENCE) & 0xffff;
        return before.length() >= HEADER && before.u8(0) >> 6 == 2 && step > 0 && step <= MAX_STEP
            && before.u32(SOURCE) == now.u32(at + SOURCE);
    }
}
