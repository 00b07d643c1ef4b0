package io.weir.protocol.starcraft;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** StarCraft II: the first ten bytes to Battle.net are always the same. */
public final class Starcraft {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("starcraft", "StarCraft II")
        .firstBytes(0x4a)
        .tcp(Starcraft::detect)
        .build();

    private static final byte[] BEGINNING = {0x4a, 0, 0, 0x0a, 0x66, 0x02, 0x0a, (byte) 0xed, 0x2d, 0x66};

    private Starcraft() {
    }

    private static Answer detect(final Probe probe) {
        final Answer begins = probe.now().beginsWith(BEGINNING);
        return begins == Answer.YES ? probe.yesFromClient() : begins;
    }
}
