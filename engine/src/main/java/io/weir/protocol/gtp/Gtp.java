package io.weir.protocol.gtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Control of tunnels in mobile networks, and tunnels left whole (3GPP TS 29.060, 29.274, 29.281). */
public final class Gtp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("gtp", "GPRS Tunnelling Protocol")
        .udpPorts(2123, 2152)
        .firstByteRange(0x30, 0x37)
        .firstByteRange(0x40, 0x5f)
        .udp(Gtp::detect)
        .build();

    private static final int USER_DATA = 255;
    /** Version 1 with a sequence number, and the type of a question whether the other is there. */
    private static final int ECHO = 0x3201;
    /** Flag of version 2: another message follows, which fills the datagram (3GPP TS 29.274, 5.5.1). */
    private static final int PIGGYBACK = 0x10;
    /** Flag of version 2: the header has the number of a tunnel. */
    private static final int TUNNEL = 0x08;
    /** Types up to this one, echo and version not supported, are of no tunnel (3GPP TS 29.274, 5.1). */
    private static final int LAST_WITHOUT_TUNNEL = 3;
    /** Type of the element that every echo of version 2 has (3GPP TS 29.274, 7.1). */
    private static final int RECOVERY = 3;
    /** Lengths of the elements of version 1 that have a fixed one, by type; -1 where there is none. */
    private static final byte[] LENGTHS = {-1, 1, 8, 6, 4, 4, -1, -1, 1, 3, -1, 1, 3, 1, 1, 1, 4, 4, 2, 1, 1, 1, 1, 1,
        1, 2, 2, 2, 2, 1};

    private Gtp() {
    }

    /**
     * Recognises a message by its length and its information elements, which fill it. On other ports one without
     * elements, which is a header alone, is none.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int flags = now.u8(0);
        final int end = now.u16(2) + (flags >> 5 == 1 ? 8 : 4);
        if (end > probe.announced() || end > now.length()) {
            return Answer.NO;
        }
        if (!probe.onPort(2123) && !probe.onPort(2152) && !hasElements(now, flags, end)) {
            return Answer.NO;
        }
        final boolean ends = end == probe.announced();
        final boolean fits = flags >> 5 == 1 ? ends && first(now, flags, end)
            : (ends || (flags & PIGGYBACK) != 0 && isSecond(now, end, probe.announced()))
                && second(now, (flags & TUNNEL) != 0 ? 12 : 8, end);
        return fits ? Answer.YES : Answer.NO;
    }

    /** Echoes of version 1 need none: they are zero where a tunnel's number would be. */
    private static boolean hasElements(final Bytes now, final int flags, final int end) {
        return flags >> 5 == 1 ? end > ((flags & 7) != 0 ? 12 : 8) || isEcho(now)
            : end > ((flags & TUNNEL) != 0 ? 12 : 8);
    }

    private static boolean isEcho(final Bytes now) {
        return (now.u16(0) == ECHO || now.u16(0) == ECHO + 1) && now.u32(4) == 0;
    }

    private static boolean first(final Bytes now, final int flags, final int end) {
        final int start = (flags & 7) != 0 ? 12 : 8;
        if (now.u8(1) == USER_DATA) {
            return now.u8(start) >> 4 == 4 && now.u16(start + 2) == end - start
                || now.u8(start) >> 4 == 6 && now.u16(start + 4) + 40 == end - start;
        }
        // Who asks whether the other is there has no tunnel yet.
        return now.u8(1) > 0 && now.u8(1) <= 131 && (now.u8(1) > 2 || now.u32(4) == 0) && elements(now, start, end);
    }

    /** True if information elements of version 1 fill a range. */
    static boolean elements(final Bytes now, final int from, final int end) {
        int at = from;
        int last = 0;
        while (at < end) {
            final int type = now.u8(at);
            // They come in rising order of their types.
            if (type < 0 || type < last && type < 128) {
                return false;
            }
            final int length = type >= 128 ? 2 + Math.max(0, now.u16(at + 1)) : type < LENGTHS.length ? LENGTHS[type]
                : type == 127 ? 4 : type == 126 ? 1 : -1;
            if (length < 0) {
                return false;
            }
            last = type;
            at += 1 + length;
        }
        return at == end;
    }

    private static boolean isSecond(final Bytes now, final int at, final int length) {
        return now.u8(at) >> 5 == 2 && at + 4 + now.u16(at + 2) == length;
    }

    private static boolean second(final Bytes now, final int from, final int end) {
        final int message = now.u8(1);
        if (message <= LAST_WITHOUT_TUNNEL && (from > 8 || message < LAST_WITHOUT_TUNNEL && now.u8(from) != RECOVERY)) {
            return false;
        }
        int at = from;
        while (now.has(at, 4) && at < end) {
            if (now.u8(at) == 0 || (now.u8(at + 3) & 0xf0) != 0) {
                return false;
            }
            at += 4 + now.u16(at + 1);
        }
        return at == end && message > 0 && now.u8(from - 1) == 0;
    }
}
