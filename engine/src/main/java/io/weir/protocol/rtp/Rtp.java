package io.weir.protocol.rtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** RTP, RFC 3550: nothing in one packet is certain, so two that follow each other must agree. */
public final class Rtp {
    /** Longest packet that is believed on TCP. */
    private static final int MAX_FRAME = 1535;

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rtp", "RTP")
        .firstByteRange(0x80, 0xbf)
        .firstByteRange(0, MAX_FRAME >> 8)
        .udp(Rtp::detect)
        .tcp(Rtp::detectStream)
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

    /** RFC 4571: packets behind their lengths. The second must follow the first. */
    static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(0);
        if (now.length() > 1 && (length < HEADER || length > MAX_FRAME) || now.length() > 2 && now.u8(2) >> 6 != 2) {
            return Answer.NO;
        }
        if (!now.has(2, HEADER)) {
            return Answer.MORE;
        }
        if (!isPacket(now, 2, length)) {
            return Answer.NO;
        }
        final int next = 2 + length;
        if (!now.has(next, 2 + HEADER)) {
            return Answer.MORE;
        }
        return isPacket(now, next + 2, now.u16(next)) && now.u32(next + 2 + SOURCE) == now.u32(2 + SOURCE)
            && (now.u16(next + 2 + SEQUENCE) - now.u16(2 + SEQUENCE) & 0xffff) - 1 < MAX_STEP ? Answer.YES : Answer.NO;
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
