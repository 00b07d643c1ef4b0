package io.weir.protocol.rip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Routes within a network (RFC 2453). */
public final class Rip {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rip", "Routing Information Protocol")
        .udpPorts(520)
        .firstByteRange(1, 6)
        .udp(Rip::detect)
        .udpByte(1, 1, 2)
        .build();

    private static final int RESPONSE = 2;
    private static final int AUTHENTICATION = 0xffff;
    /** A question of version 2: that of version 1 for all routes is RIPng's too. */
    private static final int ASK_SECOND = 0x0102;

    private Rip() {
    }

    /**
     * Recognises a message by its entries: families and metrics. On other ports it asks or answers, each entry has a
     * metric, and only the first is of another family.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int version = now.u8(1);
        final boolean usual = probe.onPort(520);
        if (version != 1 && version != 2 || (version == 1 || !usual) && now.u16(2) != 0
            || !usual && now.u8(0) > RESPONSE
            || probe.announced() < 24 || probe.announced() % 20 != 4) {
            return Answer.NO;
        }
        for (int at = 4; now.has(at, 20); at += 20) {
            final int family = now.u16(at);
            if (family != 0 && family != 2 && family != AUTHENTICATION || family != AUTHENTICATION
                && now.u32(at + 16) > 16 || !usual && !isStrict(now, at, family)) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }

    /** A route, or what must come first: a password, or the question for all routes. */
    private static boolean isStrict(final Bytes now, final int at, final int family) {
        if (at > 4 || family == 2) {
            return family == 2 && now.u32(at + 16) > 0;
        }
        return family == AUTHENTICATION ? now.has(at + 20, 20) && now.u16(at + 2) <= 3
            : now.u16(0) == ASK_SECOND && now.u32(at + 16) == 16 && now.u64(at) == 0 && now.u64(at + 8) == 0;
    }
}
