package io.weir.rule.pattern;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Says of most blocks that hold none of a few patterns that they hold none, eight bytes at a time: of each pattern two
 * bytes that stand beside each other are looked for. For blocks of some hundred bytes that takes less than a native
 * call. Immutable; any thread.
 */
final class PairSieve {
    /** A native scan of longer blocks takes less. */
    static final int MOST_BYTES = 384;
    private static final int MOST_PATTERNS = 3;
    private static final int LEAST_LENGTH = 2;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int CASE_BIT = 0x20;

    /** For each pattern the first byte of its pair in each of eight, without case, and what takes that out. */
    private final long[] firsts;
    private final long[] firstMasks;
    /** The same of the second byte. */
    private final long[] seconds;
    private final long[] secondMasks;

    private PairSieve(final PatternSet set) {
        firsts = new long[set.size()];
        firstMasks = new long[set.size()];
        seconds = new long[set.size()];
        secondMasks = new long[set.size()];
        for (int i = 0; i < set.size(); i++) {
            final PatternSet.Literal literal = set.literal(i);
            final byte[] bytes = literal.bytes();
            final int at = rarest(bytes);
            firstMasks[i] = mask(bytes[at], literal.noCase());
            firsts[i] = (bytes[at] & 0xff) * ONES & firstMasks[i];
            secondMasks[i] = mask(bytes[at + 1], literal.noCase());
            seconds[i] = (bytes[at + 1] & 0xff) * ONES & secondMasks[i];
        }
    }

    /** That of a set; null if there are many patterns, or one that is too short. */
    static PairSieve of(final PatternSet set) {
        boolean fits = set.size() <= MOST_PATTERNS && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; fits && i < set.size(); i++) {
            fits = set.literal(i).bytes().length >= LEAST_LENGTH;
        }
        return fits ? new PairSieve(set) : null;
    }

    private static long mask(final byte value, final boolean noCase) {
        return noCase && CaseFolding.isLetter(value) ? ~(CASE_BIT * ONES) : -1L;
    }

    /** Where a pair begins that is found seldom: neither zero, nor blank, nor letters if there is one. */
    private static int rarest(final byte[] bytes) {
        int best = 0;
        for (int i = 1; i < bytes.length - 1; i++) {
            if (commonness(bytes[i]) + commonness(bytes[i + 1]) < commonness(bytes[best])
                + commonness(bytes[best + 1])) {
                best = i;
            }
        }
        return best;
    }

    private static int commonness(final byte value) {
        return value == 0 || value == ' ' ? 3 : CaseFolding.isLetter(value) ? 2 : 1;
    }

    /** False if no pattern stands in so many bytes of native memory, more than eight. */
    boolean mayHold(final long address, final int length) {
        long found = 0;
        for (int i = 0; i < firsts.length; i++) {
            found |= (firstMasks[i] & secondMasks[i]) == -1L ? search(firsts[i], seconds[i], address, length)
                : search(firsts[i], firstMasks[i], seconds[i], secondMasks[i], address, length);
        }
        return found != 0;
    }

    private static long search(final long first, final long second, final long address, final int length) {
        final int last = length - Long.BYTES - 1;
        long found = 0;
        for (int at = 0; at < last; at += Long.BYTES) {
            found |= zero(UnsafeApi.getLong(address + at) ^ first | UnsafeApi.getLong(address + at + 1) ^ second);
        }
        return found | zero(UnsafeApi.getLong(address + last) ^ first | UnsafeApi.getLong(address + last + 1) ^ second);
    }

    private static long search(final long first, final long firstMask, final long second, final long secondMask,
        final long address, final int length) {
        final int last = length - Long.BYTES - 1;
        long found = 0;
        for (int at = 0; at < last; at += Long.BYTES) {
            found |= zero(UnsafeApi.getLong(address + at) & firstMask ^ first
                | UnsafeApi.getLong(address + at + 1) & secondMask ^ second);
        }
        return found | zero(UnsafeApi.getLong(address + last) & firstMask ^ first
            | UnsafeApi.getLong(address + last + 1) & secondMask ^ second);
    }

    /** Not 0 if a byte is. */
    private static long zero(final long word) {
        return word - ONES & ~word & HIGH_BITS;
    }
}
