package io.weir.protocol.bfd;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Detection of broken paths (RFC 5880, 5881). */
public final class Bfd {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bfd", "Bidirectional Forwarding Detection")
        .udpPorts(3784, 4784, 6784, 7784)
        .firstByteRange(0x20, 0x3f)
        .udp(Bfd::detect)
        .build();

    private static final int LENGTH = 24;
    private static final int AUTHENTICATED = 4;
    /** Multipoint, which stays clear. */
    private static final int RESERVED = 1;
    private static final int STATE_INIT = 2;
    /** Longest plausible interval, us. */
    private static final long MAX_INTERVAL = 200_000_000;

    private Bfd() {
    }

    /**
     * Recognises a control packet by its length, which authentication adds to, and by its intervals, which are at most
     * some minutes; on other ports by a state that fits the other side's discriminator, too.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int flags = now.u8(1);
        if (now.u8(3) != probe.announced() || !now.has(0, LENGTH) || (flags & RESERVED) != 0 || now.u8(2) == 0
            || now.u32(4) == 0) {
            return Answer.NO;
        }
        final int type = now.u8(LENGTH);
        final int length = (flags & AUTHENTICATED) == 0 ? 0 : type >= 1 && type <= 5 ? now.u8(LENGTH + 1) : -1;
        return LENGTH + length == probe.announced() && now.u32(12) <= MAX_INTERVAL && now.u32(16) <= MAX_INTERVAL
            && now.u32(20) <= MAX_INTERVAL
            && (isUsual(probe) || flags >> 6 < STATE_INIT || now.u32(8) != 0) ? Answer.YES
            : Answer.NO;
    }

    private static boolean isUsual(final Probe probe) {
        return probe.onPort(3784) || probe.onPort(4784) || probe.onPort(6784) || probe.onPort(7784);
    }
}
