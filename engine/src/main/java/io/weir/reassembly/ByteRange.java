package io.weir.reassembly;

import org.agrona.UnsafeApi;

/** Comparison and hash of bytes in native memory. Stateless; the caller has checked the lengths. */
final class ByteRange {
    private static final long SECRET_A = 0x9e3779b97f4a7c15L;
    private static final long SECRET_B = 0xbf58476d1ce4e5b9L;
    private static final long SECRET_C = 0x94d049bb133111ebL;
    private static final long SECRET_D = 0xd6e8feb86659fd93L;
    /** Bytes that one lane takes at once. */
    private static final int PAIR = 2 * Long.BYTES;
    /** Bytes that all four take at once. */
    private static final int BLOCK = 4 * PAIR;

    private ByteRange() {
    }

    /** Whether two ranges of equal length hold the same bytes. */
    static boolean isEqual(final long address, final long other, final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (UnsafeApi.getLong(address + i) != UnsafeApi.getLong(other + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (UnsafeApi.getByte(address + i) != UnsafeApi.getByte(other + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Hash of bytes: the same in every run; not made to withstand anyone who looks for collisions.
     *
     * <p>Folded multiplications in the manner of wyhash, in four lanes, so that none waits for the one before. The last
     * bytes are taken as a whole block once more, overlapping what came before: nothing beyond them is read.
     */
    static long hash(final long address, final int length) {
        final long seed = length * SECRET_A;
        if (length < PAIR) {
            return hashFew(address, length, seed);
        }
        if (length < BLOCK) {
            return hashShort(address, length, seed);
        }
        long a = seed;
        long b = seed ^ SECRET_B;
        long c = seed ^ SECRET_C;
        long d = seed ^ SECRET_D;
        final long last = address + length - BLOCK;
        for (long at = address; at < last; at += BLOCK) {
            a = step(a, at, SECRET_B);
            b = step(b, at + PAIR, SECRET_C);
            c = step(c, at + 2 * PAIR, SECRET_D);
            d = step(d, at + 3 * PAIR, SECRET_A);
        }
        a = step(a, last, SECRET_B);
        b = step(b, last + PAIR, SECRET_C);
        c = step(c, last + 2 * PAIR, SECRET_D);
        d = step(d, last + 3 * PAIR, SECRET_A);
        return fold(fold(a ^ SECRET_C, b ^ SECRET_D), fold(c ^ SECRET_A, d ^ SECRET_B));
    }

    private static long hashShort(final long address, final int length, final long seed) {
        final long last = address + length - PAIR;
        long hash = seed;
        for (long at = address; at < last; at += PAIR) {
            hash = step(hash, at, SECRET_B);
        }
        return fold(step(hash, last, SECRET_B) ^ SECRET_C, SECRET_D);
    }

    private static long hashFew(final long address, final int length, final long seed) {
        if (length >= Long.BYTES) {
            final long first = UnsafeApi.getLong(address);
            final long last = UnsafeApi.getLong(address + length - Long.BYTES);
            return fold(fold(first ^ seed, last ^ SECRET_B) ^ SECRET_C, SECRET_D);
        }
        long few = seed;
        for (int i = 0; i < length; i++) {
            few += (UnsafeApi.getByte(address + i) & 0xffL) << i * Byte.SIZE;
        }
        return fold(fold(few, SECRET_B) ^ SECRET_C, SECRET_D);
    }

    private static long step(final long lane, final long address, final long secret) {
        return fold(UnsafeApi.getLong(address) ^ lane, UnsafeApi.getLong(address + Long.BYTES) ^ secret);
    }

    private static long fold(final long one, final long other) {
        return Math.multiplyHigh(one, other) ^ one * other;
    }
}
