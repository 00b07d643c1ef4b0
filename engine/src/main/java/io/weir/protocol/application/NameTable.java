package io.weir.protocol.application;

import io.weir.base.Ascii;
import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Numbers by name, letters in either case: one hash table without chains, its names in one array. Hashes run from the
 * end of a name to its beginning, so that one pass over a host name gives those of all its suffixes. Immutable;
 * look-ups allocate nothing.
 */
final class NameTable {
    /** Longest name: that of the domain name system. */
    static final int MAX_LENGTH = 255;

    private static final int FACTOR = 0x01000193;

    /** In a slot, from the high end: hash (32 bits), length (16), number (16); 0 if it is free. */
    private static final int LENGTH_SHIFT = 16;
    private static final long NUMBER = (1L << LENGTH_SHIFT) - 1;

    private final byte[] names;
    private final long[] slots;
    private final int[] offsets;
    private final int mask;

    /**
     * Makes a table.
     *
     * @param entries number, from 1, by name in lower case ASCII, not longer than {@link #MAX_LENGTH}
     */
    NameTable(final Map<String, Integer> entries) {
        final int count = Math.max(2, Integer.highestOneBit(entries.size()) * 4);
        mask = count - 1;
        slots = new long[count];
        offsets = new int[count];
        names = new byte[entries.keySet().stream().mapToInt(String::length).sum()];
        int end = 0;
        for (final Map.Entry<String, Integer> entry : entries.entrySet()) {
            final byte[] name = entry.getKey().getBytes(StandardCharsets.US_ASCII);
            int hash = 0;
            for (int i = name.length - 1; i >= 0; i--) {
                hash = next(hash, name[i]);
            }
            int slot = slot(hash);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            System.arraycopy(name, 0, names, end, name.length);
            offsets[slot] = end;
            slots[slot] = key(hash, name.length) | entry.getValue();
            end += name.length;
        }
    }

    /** Number of exactly this name, or 0. */
    int exact(final Bytes bytes, final int from, final int to) {
        if (to - from > MAX_LENGTH) {
            return 0;
        }
        int hash = 0;
        for (int i = to - 1; i >= from; i--) {
            hash = next(hash, (byte) Ascii.lower(bytes.u8(i)));
        }
        return find(hash, bytes, from, to);
    }

    /** Number of the longest name that is this one or ends it after a dot, or 0. */
    int longestSuffix(final Bytes bytes, final int from, final int to) {
        int number = 0;
        int hash = 0;
        final int least = Math.max(from, to - MAX_LENGTH);
        int value = bytes.u8(to - 1);
        for (int i = to - 1; i >= least; i--) {
            hash = next(hash, (byte) Ascii.lower(value));
            value = i == from ? '.' : bytes.u8(i - 1);
            if (value == '.') {
                final int found = find(hash, bytes, i, to);
                number = found == 0 ? number : found;
            }
        }
        return number;
    }

    private int find(final int hash, final Bytes bytes, final int from, final int to) {
        final long key = key(hash, to - from);
        int slot = slot(hash);
        for (long there = slots[slot]; there != 0; there = slots[slot]) {
            if ((there & ~NUMBER) == key && isAt(offsets[slot], bytes, from, to)) {
                return (int) (there & NUMBER);
            }
            slot = slot + 1 & mask;
        }
        return 0;
    }

    private static long key(final int hash, final int length) {
        return (long) hash << Integer.SIZE | (long) length << LENGTH_SHIFT;
    }

    private boolean isAt(final int offset, final Bytes bytes, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (names[offset + i - from] != (byte) Ascii.lower(bytes.u8(i))) {
                return false;
            }
        }
        return true;
    }

    private static int next(final int hash, final byte value) {
        return (hash ^ value) * FACTOR;
    }

    private int slot(final int hash) {
        return (hash ^ hash >>> 15) & mask;
    }
}
