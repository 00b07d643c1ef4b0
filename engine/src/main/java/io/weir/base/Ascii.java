package io.weir.base;

/** Letters and digits of ASCII, whatever the bytes around them stand for. */
public final class Ascii {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    /** Added to seven bits they carry into the eighth from the letter A on, and behind the letter Z. */
    private static final long FROM_A = (0x80 - 'A') * 0x0101_0101_0101_0101L;
    private static final long BEHIND_Z = (0x7f - 'Z') * 0x0101_0101_0101_0101L;

    private static final long ZEROS = '0' * 0x0101_0101_0101_0101L;
    private static final long HIGH_DIGITS = 0xf0f0_f0f0_f0f0_f0f0L;
    /** Added to a digit it changes no high digit; to what is above one it does. */
    private static final long ABOVE_NINE = 0x0606_0606_0606_0606L;
    private static final long PAIRS = 0x0000_00ff_0000_00ffL;

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

    /** How many characters a number has in decimal digits, with the sign if it is below 0. */
    public static int decimalLength(final long value) {
        int digits = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Writes a number in decimal digits, behind a sign if it is below 0.
     *
     * @param length {@link #decimalLength}; there is room for it
     */
    public static void putDecimal(final long value, final byte[] target, final int at, final int length) {
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            target[at + i] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        if (value < 0) {
            target[at] = '-';
        }
    }

    /**
     * The decimal number that the first bytes of eight make, or -1 if one of them is no digit.
     *
     * @param eight the first byte lowest
     * @param count how many, from 1 to 8
     */
    public static long decimal8(final long eight, final int count) {
        final int others = Long.SIZE - Byte.SIZE * count;
        final long digits = eight << others | ZEROS & ~(-1L << others);
        if ((digits & HIGH_DIGITS) != ZEROS || (digits + ABOVE_NINE & HIGH_DIGITS) != ZEROS) {
            return -1;
        }
        // Digits become pairs, pairs fours, and both fours one number: each step adds up what stands beside each other.
        final long ones = digits - ZEROS;
        final long pairs = 10 * ones + (ones >>> Byte.SIZE);
        return (pairs & PAIRS) * (100 + (1_000_000L << Integer.SIZE))
            + (pairs >>> Short.SIZE & PAIRS) * (1 + (10_000L << Integer.SIZE)) >>> Integer.SIZE;
    }
}
