package io.weir.protocol.tailscale;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Tailscale's discovery between peers: six letters, a public key of 32 bytes, a nonce of 24 and a sealed message. */
public final class Tailscale {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tailscale", "Tailscale")
        .udpPorts(41641)
        .firstBytes("T")
        .udp(Tailscale::detect)
        .encrypted()
        .build();

    private static final byte[] MAGIC = {'T', 'S', (byte) 0xf0, (byte) 0x9f, (byte) 0x92, (byte) 0xac};
    private static final int MIN_LENGTH = 6 + 32 + 24 + 16;

    private Tailscale() {
    }

    static Answer detect(final Probe probe) {
        return probe.now().startsWith(MAGIC) && probe.announced() >= MIN_LENGTH ? Answer.YES : Answer.NO;
    }
}
