package io.weir.protocol.xbox;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Xbox Live between consoles: datagrams with four zero bytes, a kind and its fixed partner around 0x58, and three zero
 * bytes. The format is not published; these pairs are what nDPI knows of it.
 */
public final class XboxLive {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("xbox-live", "Xbox Live")
        .udpPorts(3074)
        .firstBytes(0)
        .udp(XboxLive::detect)
        .encrypted()
        .build();

    private static final int SHORTEST = 13;

    private XboxLive() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (probe.announced() < SHORTEST || b.u32(0) != 0 || b.u24(7) != 0) {
            return Answer.NO;
        }
        return switch (b.u24(4)) {
            case 0x0c5876, 0x025818, 0x0b5880, 0x035840, 0x06584e -> Answer.YES;
            default -> Answer.NO;
        };
    }
}
