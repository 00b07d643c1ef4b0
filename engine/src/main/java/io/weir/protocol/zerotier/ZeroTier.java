package io.weir.protocol.zerotier;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * ZeroTier's hello: the one message that is not encrypted; the sender's address stands in its header and again in
 * the identity.
 */
public final class ZeroTier {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("zerotier", "ZeroTier")
        .udpPorts(9993)
        .udp(ZeroTier::detect)
        .udpByte(27, 1)
        .encrypted()
        .build();

    private static final int SOURCE = 13;
    private static final int VERB = 27;
    private static final int IDENTITY = 41;

    private ZeroTier() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        return b.u8(VERB) == 1 && b.u8(VERB + 1) >= 1 && b.u8(VERB + 1) < 32 && b.has(IDENTITY, 6)
            && b.u32(SOURCE) == b.u32(IDENTITY) && b.u8(SOURCE + 4) == b.u8(IDENTITY + 4) && b.u8(IDENTITY + 5) <= 1
            && b.u32(SOURCE) != 0 ? Answer.YES : Answer.NO;
    }
}
