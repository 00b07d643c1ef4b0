package io.weir.protocol.raft;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * The Raft consensus of dqlite: messages of little-endian words, type and length; the first one gives the sender's
 * number and address.
 */
public final class Raft {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("raft", "Raft (dqlite)")
        .firstBytes(1)
        .tcp(Raft::detect)
        .build();

    private Raft() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0 || b.u8(3) > 0) {
            return Answer.NO;
        }
        if (b.length() < 30) {
            return b.length() >= 8 && b.u64le(0) != 1 ? Answer.NO : Answer.MORE;
        }
        final long length = b.u64le(16);
        return b.u64le(0) == 1 && b.u64le(8) > 0 && length >= 8 && length <= 256 && length % 8 == 0
            && b.isPrintable(24, 6) ? probe.yesFromClient() : Answer.NO;
    }
}
