package io.weir.protocol.classify;

import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Bytes;
import io.weir.protocol.KeptWords;
import io.weir.protocol.NameKind;
import java.util.Arrays;

/**
 * Remembers which applications the names asked for last belong to, with the names themselves: the same few come again
 * and again. Of names whose hashes collide the two asked for last stay. 96 KiB, of which short names touch little; one
 * thread.
 */
final class RecentNames implements ApplicationMatcher {
    private static final int BITS = 8;
    /** Words of a slot: what it is for, then the name. */
    private static final int WORDS = 24;
    /** Of those for the same hash. */
    private static final int SLOTS = 2 * WORDS;
    /** Longest name that is remembered: what browsers call themselves mostly has 100 to 150 bytes. */
    private static final int MOST = (WORDS - 1) * Long.BYTES;
    private static final int LEAST = Long.BYTES;

    /** In the first word of a slot, from the high end: 1, kind (15 bits), length (16), number (32). */
    private static final long IN_USE = 1L << 63;
    private static final int KIND_SHIFT = 48;
    private static final int LENGTH_SHIFT = 32;

    private final ApplicationMatcher applications;
    private final long[] slots = new long[SLOTS << BITS];
    /** For each hash which of its slots was not asked for last: the next new name takes it. */
    private final byte[] older = new byte[1 << BITS];
    private ApplicationMatcher answered;

    RecentNames(final ApplicationMatcher applications) {
        this.applications = applications;
    }

    @Override
    public ApplicationMatcher current() {
        return applications.current();
    }

    @Override
    public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
        final ApplicationMatcher now = applications.current();
        if (length < LEAST || length > MOST || !bytes.has(from, length)) {
            return now.find(kind, bytes, from, length);
        }
        if (now != answered) {
            Arrays.fill(slots, 0);
            answered = now;
        }
        final int set = set(bytes, from, length);
        final long key = IN_USE | (long) kind.ordinal() << KIND_SHIFT | (long) length << LENGTH_SHIFT;
        final int first = set * SLOTS;
        if (isAt(first, key, bytes, from, length)) {
            older[set] = 1;
            return (int) slots[first];
        }
        if (isAt(first + WORDS, key, bytes, from, length)) {
            older[set] = 0;
            return (int) slots[first + WORDS];
        }
        final int number = now.find(kind, bytes, from, length);
        final int slot = first + older[set] * WORDS;
        older[set] ^= 1;
        slots[slot] = key | number;
        KeptWords.keep(bytes, from, length, slots, slot + 1);
        return number;
    }

    private boolean isAt(final int slot, final long key, final Bytes bytes, final int from, final int length) {
        return slots[slot] >>> LENGTH_SHIFT == key >>> LENGTH_SHIFT
            && KeptWords.areKept(bytes, from, length, slots, slot + 1);
    }

    private static int set(final Bytes bytes, final int from, final int length) {
        long hash = KeptWords.hash(bytes, from, length);
        hash = (hash ^ hash >>> 32) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (hash * 0x9e37_79b9_7f4a_7c15L >>> Long.SIZE - BITS);
    }

    @Override
    public int findAddress(final int ipVersion, final long hi, final long lo) {
        return applications.findAddress(ipVersion, hi, lo);
    }
}
