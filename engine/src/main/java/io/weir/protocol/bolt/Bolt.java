package io.weir.protocol.bolt;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Neo4j's Bolt: the magic 60 60 B0 17 and four proposed versions. */
public final class Bolt {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("bolt", "Neo4j Bolt")
        .tcpPorts(7687)
        .firstBytes(0x60)
        .tcp(Bolt::detect)
        .build();

    private static final byte[] MAGIC = {0x60, 0x60, (byte) 0xb0, 0x17};

    private Bolt() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(MAGIC);
        if (begins != Answer.YES || b.length() < 20) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        // A reserved byte, a range, minor and major version each.
        return b.u8(4) == 0 && b.u8(8) == 0 && b.u8(12) == 0 && b.u8(16) == 0 ? probe.yesFromClient() : Answer.NO;
    }
}
