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

    /** Longest plausible interval, us. */
    private static final long MAX_INTERVAL = 200_000_000;

    private Bfd() {
    }

    /** Recognises a control packet by its length and its intervals, which are at most some minutes. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean usual = probe.onPort(3784) || probe.onPort(4784) || probe.onPort(6784) || probe.onPort(7784);
        return usual && now.u8(3) == probe.announced() && now.u8(2) > 0 && now.has(0, 24) && now.u32(4) != 0
            && now.u32(12) <= MAX_INTERVAL && now.u32(16) <= MAX_INTERVAL ? Answer.YES : Answer.NO;
    }
}
