package io.weir.rule.regex;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/** Finds one literal, by its rarest byte, eight places at once. Immutable. */
final class LiteralSearch {
    /** What is met most often in traffic, in this order: the rest is rarer. */
    private static final String COMMON = "e taoinsr/hldcmup.0123456=-g\0fw:b\n\r9784yv\"_,;<>kx&%?jqz\u00ff\1";
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int CASE_BIT = 0x20;

    private final byte[] literal;
    /** For each byte what is to be set before it is compared: the bit that tells upper from lower case, or none. */
    private final byte[] fold;
    private final int rarest;

    LiteralSearch(final RequiredLiteral required) {
        literal = required.bytes();
        fold = new byte[literal.length];
        int best = 0;
        int bestRank = -1;
        for (int i = 0; i < literal.length; i++) {
            final boolean letter = required.caseless() && ByteSet.LOWER.contains(literal[i] & 0xff);
            fold[i] = (byte) (letter ? CASE_BIT : 0);
            final int index = COMMON.indexOf(literal[i] & 0xff);
            final int rank = index < 0 ? COMMON.length() : index;
            if (rank > bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        rarest = best;
    }

    int length() {
        return literal.length;
    }

    /** Where the literal lies first at {@code from} or later, -1 if it does not. */
    int find(final Input in, final int from) {
        final Object base = in.base;
        final long address = in.address + rarest;
        final int last = in.length - literal.length;
        final long folds = ONES * (fold[rarest] & 0xff);
        final long wanted = ONES * (literal[rarest] & 0xff);
        int at = from;
        // all eight places lie within the input, since the literal does from the last of them on
        for (; at + 7 <= last; at += 8) {
            final long word = (UnsafeApi.getLong(base, address + at) | folds) ^ wanted;
            long zeros = word - ONES & ~word & HIGH_BITS;
            if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
                zeros = zeros == 0 ? 0 : HIGH_BITS;
            }
            while (zeros != 0) {
                final int place = at + (Long.numberOfTrailingZeros(zeros) >> 3);
                if (isAt(base, in.address + place)) {
                    return place;
                }
                zeros &= zeros - 1;
            }
        }
        for (; at <= last; at++) {
            if (isAt(base, in.address + at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isAt(final Object base, final long address) {
        for (int i = 0; i < literal.length; i++) {
            final int value = UnsafeApi.getByte(base, address + i);
            if ((value | fold[i]) != literal[i]) {
                return false;
            }
        }
        return true;
    }
}
