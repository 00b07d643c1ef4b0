package io.weir.protocol.hsrp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Standby routers (RFC 2281). */
public final class Hsrp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("hsrp", "Hot Standby Router Protocol")
        .udpPorts(1985, 2029)
        .firstBytes(0, 1)
        .udp(Hsrp::detect)
        .build();

    private static final int LENGTH = 20;
    private static final int SECOND_LENGTH = 42;
    private static final int LAST_GROUP = 4_095;
    /** Kind of what may follow: a hash. */
    private static final int AUTHENTICATION = 4;

    private Hsrp() {
    }

    /** Recognises a message of version 1, or the group state of version 2; on its ports that of an interface too. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean usual = probe.onPort(1985) || probe.onPort(2029);
        final boolean known = now.u8(0) == 0 ? isFirst(probe, usual) || usual && isAdvertised(now)
            : isSecond(probe, usual);
        return known ? Answer.YES : Answer.NO;
    }

    /** On other ports the timers run, and what authenticates is text, of a letter at least, that zeros fill up. */
    private static boolean isFirst(final Probe probe, final boolean usual) {
        final Bytes now = probe.now();
        return now.u8(1) <= 3 && Integer.bitCount(now.u8(2)) <= 1 && now.u8(2) <= 16
            && now.has(0, LENGTH) && now.u8(3) <= now.u8(4) && now.u8(7) == 0
            && (probe.announced() == LENGTH || now.u8(LENGTH) == AUTHENTICATION && now.u8(LENGTH + 1) <= 28
            && (usual || probe.announced() == LENGTH + 2 + now.u8(LENGTH + 1)))
            && (usual || now.u8(1) < 3 && now.u8(3) > 0 && now.u8(3) < now.u8(4) && now.u8(8) != 0
            && isText(now, 8, 16) && now.u8(16) > 0 && now.u8(16) < 224);
    }

    private static boolean isAdvertised(final Bytes now) {
        return now.u8(1) == 3 && now.u16(2) == 1 && now.u16(4) <= 10;
    }

    /** Its parts fill it. */
    private static boolean isSecond(final Probe probe, final boolean usual) {
        final Bytes now = probe.now();
        if (now.u16(0) != 0x0128 || now.u8(2) != 2 || !now.has(0, SECOND_LENGTH) || now.u8(3) > 3 || now.u8(4) > 6
            || now.u8(5) != 4 && now.u8(5) != 6) {
            return false;
        }
        int at = SECOND_LENGTH;
        while (now.has(at, 2)) {
            at += 2 + now.u8(at + 1);
        }
        return usual || at == probe.announced() && now.u16(6) <= LAST_GROUP;
    }

    private static boolean isText(final Bytes now, final int from, final int to) {
        int end = from;
        while (end < to && now.u8(end) != 0) {
            end++;
        }
        for (int i = end; i < to; i++) {
            if (now.u8(i) != 0) {
                return false;
            }
        }
        return now.isPrintable(from, end - from);
    }
}
