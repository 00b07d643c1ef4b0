package io.weir.protocol.memcached;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/** The binary protocol of memcached: a header of 24 bytes whose lengths fit into each other. */
public final class MemcachedBinary {
    private static final int HEADER = 24;
    private static final int LONGEST = 64 << 20;

    private MemcachedBinary() {
    }

    /**
     * Judges a header.
     *
     * @param at         where it is
     * @param firstOpcode least opcode that counts
     * @param lastOpcode greatest opcode that counts
     */
    public static Answer detect(final Probe probe, final int at, final int firstOpcode, final int lastOpcode) {
        final Bytes b = probe.now();
        final int opcode = b.u8(at + 1);
        if (opcode >= 0 && opcode < firstOpcode || opcode > lastOpcode || b.u8(at + 4) > 64 || b.u8(at + 5) > 0) {
            return Answer.NO;
        }
        if (b.length() < at + HEADER) {
            return Answer.MORE;
        }
        final int key = b.u16(at + 2);
        final boolean request = b.u8(at) == 0x80;
        // Requests name a bucket, answers a status.
        return key <= 250 && key + b.u8(at + 4) <= b.u32(at + 8) && b.u32(at + 8) < LONGEST
            && (request ? b.u16(at + 6) < 1024 : b.u16(at + 6) <= 0x100) ? request ? probe.yesFromClient()
            : probe.yesFromServer() : Answer.NO;
    }
}
