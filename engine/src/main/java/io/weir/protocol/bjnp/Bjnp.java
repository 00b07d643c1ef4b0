package io.weir.protocol.bjnp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Printers and scanners of Canon. */
public final class Bjnp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bjnp", "Canon BJNP")
        .udpPorts(8610, 8611, 8612, 8613)
        .firstBytes("BM")
        .udp(Bjnp::detect)
        .build();

    private Bjnp() {
    }

    /** Recognises a message by its name, its type and the length of its content. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final long name = now.u32(0);
        final int type = now.u8(4) & 0x7f;
        return (name == 0x424a4e50L || name == 0x4d464e50L) && type >= 1 && type <= 4
            && now.u32(12) == probe.announced() - 16 ? Answer.YES : Answer.NO;
    }
}
