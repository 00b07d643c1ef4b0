package io.weir.protocol.monero;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Monero's peers (Levin protocol): a signature of eight bytes, a length, whether an answer is expected, and a
 * command.
 */
public final class Monero {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("monero", "Monero (Levin)")
        .tcpPorts(18080)
        .firstBytes(0x01)
        .tcp(Monero::detect)
        .build();

    private static final byte[] SIGNATURE = {1, 0x21, 1, 1, 1, 1, 1, 1};
    private static final int HEADER = 33;
    private static final long MOST = 100_000_000;

    private Monero() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(SIGNATURE);
        if (begins != Answer.YES || b.length() < HEADER) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final long command = b.u32le(17);
        return b.u32le(12) == 0 && b.u32le(8) <= MOST && b.u8(16) <= 1
            && (command > 1000 && command < 1100 || command > 2000 && command < 2100) ? Answer.YES : Answer.NO;
    }
}
