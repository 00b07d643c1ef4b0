package io.weir.base;

/** Letters of ASCII, whatever the bytes around them stand for. */
public final class Ascii {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    /** Added to seven bits they carry into the eighth from the letter A on, and behind the letter Z. */
    private static final long FROM_A = (0x80 - 'A') * 0x0101_0101_0101_0101L;
    private static final long BEHIND_Z = (0x7f - 'Z') * 0x0101_0101_0101_0101L;

    private Ascii() {
    }

    /** A letter in lower case, and anything else, also what is below 0, as it is. */
    public static int lower(final int value) {
        return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
    }

    /** Eight bytes with letters in lower case. */
    public static long lower8(final long eight) {
        final long seven = eight & LOW_BITS;
        final long upper = (seven + FROM_A ^ seven + BEHIND_Z) & ~eight & HIGH_BITS;
        return eight | upper >>> 2;
    }
}
