package io.weir.protocol.nintendo;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Pia, Nintendo's transport between consoles: a magic, a version, the connection, and a packet number that grows. */
public final class Pia {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("nintendo", "Nintendo (Pia)")
        .firstBytes(0x32)
        .udp(Pia::detect)
        .encrypted()
        .build();

    private static final long MAGIC = 0x32ab9864L;
    private static final int MOST_VERSION = 31;
    private static final int MOST_STEP = 64;

    private Pia() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int version = b.u8(4) & 0x7f;
        if (b.u32(0) != MAGIC || version < 1 || version > MOST_VERSION || !b.has(0, 20)) {
            return Answer.NO;
        }
        final Bytes before = probe.before();
        return before.u32(0) != MAGIC ? Answer.MORE : before.u16(4) == b.u16(4)
            && (b.u16(6) - before.u16(6) & 0xffff) <= MOST_STEP ? Answer.YES : Answer.MORE;
    }
}
