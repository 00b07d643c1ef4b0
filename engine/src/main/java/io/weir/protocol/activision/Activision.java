package io.weir.protocol.activision;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Call of Duty's search for a host between players: 29 bytes, which come back with another first byte. */
public final class Activision {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("activision", "Activision (Call of Duty)")
        .udpPorts(3074)
        .firstBytes(0x0c, 0x0d)
        .udp(Activision::detect)
        .build();

    private static final int LENGTH = 29;

    private Activision() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Bytes other = probe.other();
        if (probe.announced() != LENGTH || b.u16(1) != 0x0200) {
            return Answer.NO;
        }
        final boolean answered = other.length() == LENGTH && (b.u8(0) ^ other.u8(0)) == 1 && b.u64(1) == other.u64(1)
            && b.u64(9) == other.u64(9) && b.u64(17) == other.u64(17) && b.u32(25) == other.u32(25);
        return answered ? Answer.YES : Answer.MORE;
    }
}
