package io.weir.protocol.rip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Routes within a network of IPv6 (RFC 2080). */
public final class Ripng {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ripng", "Routing Information Protocol for IPv6")
        .udpPorts(521)
        .firstBytes(1, 2)
        .udp(Ripng::detect)
        .udpByte(1, 1)
        .build();

    /** Metric of an entry that names the next hop. */
    private static final int NEXT_HOP = 0xff;

    private Ripng() {
    }

    /**
     * Recognises a message by its entries: lengths of prefixes and metrics. On other ports nothing is set behind a
     * prefix, and one of them is of addresses that are in use and leaves half of the address. The question for all
     * routes is RIP's too.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean usual = probe.onPort(521);
        if (now.u8(1) != 1 || now.u16(2) != 0 || probe.announced() < 24 || probe.announced() % 20 != 4) {
            return Answer.NO;
        }
        boolean known = usual;
        for (int at = 4; now.has(at, 20); at += 20) {
            final int length = now.u8(at + 18);
            final int metric = now.u8(at + 19);
            if (length > 128 || metric > 16 && metric != NEXT_HOP || !usual && !isPrefix(now, at, length)) {
                return Answer.NO;
            }
            known |= length > 0 && length <= 64 && metric > 0 && metric <= 16 && isUnicast(now.u8(at));
        }
        return known ? Answer.YES : Answer.NO;
    }

    private static boolean isUnicast(final int first) {
        return (first & 0xe0) == 0x20 || (first & 0xfc) == 0xfc;
    }

    /** True if no bit is set behind so many of an address. */
    private static boolean isPrefix(final Bytes now, final int at, final int length) {
        if (length == 0 && now.u8(at + 19) == NEXT_HOP) {
            return true;
        }
        return length >= 64 ? length == 128 || now.u64(at + 8) << length - 64 == 0
            : now.u64(at + 8) == 0 && now.u64(at) << length == 0;
    }
}
