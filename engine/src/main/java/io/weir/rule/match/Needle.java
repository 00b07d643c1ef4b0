package io.weir.rule.match;

import io.weir.base.Ascii;
import io.weir.rule.model.Literal;

/** Literal bytes to be looked for, one occurrence after the other. Immutable; any thread. */
final class Needle {
    /** For eight bytes at once: one in each byte. */
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private final boolean noCase;
    /** Which of the bytes is looked for first: the one that text has least. */
    private final int rare;
    private final boolean rareIsLetter;

    Needle(final Literal literal, final boolean caseless) {
        bytes = literal.bytes();
        boolean letters = false;
        for (int i = 0; caseless && i < bytes.length; i++) {
            bytes[i] = (byte) Ascii.lower(bytes[i]);
            letters |= isLower(bytes[i]);
        }
        noCase = letters;
        int best = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (commonness(bytes[i]) < commonness(bytes[best])) {
                best = i;
            }
        }
        rare = best;
        rareIsLetter = noCase && bytes.length > 0 && isLower(bytes[best]);
    }

    private int commonness(final byte value) {
        final boolean lettersInEitherCase = noCase && isLower(value);
        return (lettersInEitherCase ? 16 : 0) + ByteCommonness.of(value);
    }

    int length() {
        return bytes.length;
    }

    /** Place of the first occurrence that starts at {@code from} or later and ends at {@code to} or earlier, or -1. */
    int find(final Input in, final int from, final int to) {
        final int last = to - bytes.length;
        if (bytes.length == 0) {
            return from <= last ? from : -1;
        }
        int at = from;
        while (at <= last) {
            final int hit = next(in, at + rare, last + rare + 1);
            if (hit < 0) {
                return -1;
            }
            if (isAt(in, hit - rare)) {
                return hit - rare;
            }
            at = hit - rare + 1;
        }
        return -1;
    }

    /** True if it is at this place, where there must be as many bytes. */
    boolean isAt(final Input in, final int place) {
        if (noCase) {
            for (int i = 0; i < bytes.length; i++) {
                if (Ascii.lower(in.at(place + i)) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (in.at(place + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private int next(final Input in, final int from, final int end) {
        final byte wanted = bytes[rare];
        final long repeated = (wanted & 0xffL) * ONES;
        // a letter and its capital differ in one bit
        final long caseBit = rareIsLetter ? 0x20L * ONES : 0;
        int i = from;
        while (i <= end - Long.BYTES) {
            final long zeroWhereEqual = (in.wordAt(i) | caseBit) ^ repeated;
            final long found = (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS;
            if (found != 0) {
                final int hit = i + (Long.numberOfTrailingZeros(found) >>> 3);
                return hit;
            }
            i += Long.BYTES;
        }
        for (; i < end; i++) {
            if ((in.at(i) | (byte) caseBit) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLower(final byte value) {
        return value >= 'a' && value <= 'z';
    }
}
