package io.weir.rule.regex;

/** A set of byte values, immutable. */
record ByteSet(long a, long b, long c, long d) {
    static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
    static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);
    static final ByteSet DIGIT = range('0', '9');
    static final ByteSet LOWER = range('a', 'z');
    static final ByteSet UPPER = range('A', 'Z');
    static final ByteSet ALPHA = LOWER.or(UPPER);
    static final ByteSet ALNUM = ALPHA.or(DIGIT);
    static final ByteSet WORD = ALNUM.or(of('_'));
    /** Tab to carriage return, so with the vertical tab, as PCRE has it since 8.34. */
    static final ByteSet SPACE = range(9, 13).or(of(' '));
    static final ByteSet HORIZONTAL = of('\t').or(of(' ')).or(of(0xa0));
    static final ByteSet VERTICAL = range(10, 13).or(of(0x85));
    static final ByteSet LINE_FEED = of('\n');
    static final ByteSet NOT_LINE_FEED = LINE_FEED.not();

    private static final int CASE_BIT = 0x20;

    static ByteSet of(final int value) {
        return range(value, value);
    }

    static ByteSet range(final int first, final int last) {
        final long[] words = new long[4];
        for (int i = first; i <= last; i++) {
            words[i >> 6] |= 1L << i;
        }
        return new ByteSet(words[0], words[1], words[2], words[3]);
    }

    boolean contains(final int value) {
        final long word = value < 128 ? value < 64 ? a : b : value < 192 ? c : d;
        return (word >>> value & 1) != 0;
    }

    ByteSet or(final ByteSet other) {
        return new ByteSet(a | other.a, b | other.b, c | other.c, d | other.d);
    }

    ByteSet not() {
        return new ByteSet(~a, ~b, ~c, ~d);
    }

    int size() {
        return Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c) + Long.bitCount(d);
    }

    /** The least value in it, -1 if there is none. */
    int first() {
        for (int i = 0; i < 256; i++) {
            if (contains(i)) {
                return i;
            }
        }
        return -1;
    }

    /** With both cases of every letter in it. */
    ByteSet caseless() {
        final long letters = b & (ALPHA.b);
        final long upper = letters & UPPER.b;
        final long lower = letters & LOWER.b;
        return new ByteSet(a, b | upper << CASE_BIT | lower >>> CASE_BIT, c, d);
    }

    /** Whether it is one letter in both cases. */
    boolean isLetterInBothCases() {
        return size() == 2 && (first() & ~CASE_BIT) == first() && ALPHA.contains(first())
            && contains(first() | CASE_BIT);
    }

    static int lowerCase(final int value) {
        return value >= 'A' && value <= 'Z' ? value | CASE_BIT : value;
    }

    /** An entry for each byte value. */
    boolean[] toTable() {
        final boolean[] table = new boolean[256];
        for (int i = 0; i < 256; i++) {
            table[i] = contains(i);
        }
        return table;
    }
}
