package io.weir.protocol.gearman;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Gearman's binary protocol: 0 and "REQ" or "RES", packet type and size. */
public final class Gearman {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("gearman", "Gearman")
        .tcpPorts(4730)
        .firstBytes(0)
        .tcp(Gearman::detect)
        .build();

    private Gearman() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != 'R' || b.length() > 2 && b.u8(2) != 'E') {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        return (b.u8(3) == 'Q' || b.u8(3) == 'S') && b.u32(4) >= 1 && b.u32(4) <= 42 && b.u32(8) < 1 << 26
            ? b.u8(3) == 'Q' ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
