package io.weir.capture.file;

/**
 * Turns the 64-bit stamps of one pcapng interface into nanoseconds since 1970. What does not fit is held at the ends of
 * the range.
 */
final class TimestampScale {
    /** Microseconds, what holds without an option. */
    static final TimestampScale MICROSECONDS = new TimestampScale(6, 0);

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int POWER_OF_TWO = 0x80;
    private static final int DIGITS_NS = 9;
    private static final int MAX_LONG_DIGITS = 18;
    private static final int MAX_SHIFT = 63;

    /** Nanoseconds of a unit, 0 if a unit is no whole number of them. */
    private final long multiplier;
    private final long maxUnits;
    private final long divisor;
    private final int shift;
    private final long offsetNs;

    /**
     * A scale.
     *
     * @param resolution    value of the option if_tsresol: units of 10^-n s, or of 2^-n s if the highest bit is set
     * @param offsetSeconds value of the option if_tsoffset
     */
    TimestampScale(final int resolution, final long offsetSeconds) {
        final int exponent = resolution & ~POWER_OF_TWO & 0xff;
        final boolean binary = (resolution & POWER_OF_TWO) != 0 && exponent > 0;
        shift = binary ? exponent : 0;
        multiplier = binary || exponent > DIGITS_NS ? 0 : power(DIGITS_NS - exponent);
        divisor = binary || exponent <= DIGITS_NS ? 1
            : exponent - DIGITS_NS > MAX_LONG_DIGITS ? 0 : power(exponent - DIGITS_NS);
        maxUnits = multiplier == 0 ? 0 : Long.MAX_VALUE / multiplier;
        offsetNs = Math.abs(offsetSeconds) > Long.MAX_VALUE / SECOND_NS || offsetSeconds == Long.MIN_VALUE
            ? Long.signum(offsetSeconds) * Long.MAX_VALUE : offsetSeconds * SECOND_NS;
    }

    private static long power(final int exponent) {
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }

    /** Nanoseconds since 1970 of an unsigned 64-bit stamp. */
    long toNs(final long units) {
        if (offsetNs == 0 && units >= 0 && units <= maxUnits) {
            return units * multiplier;
        }
        return general(units);
    }

    private long general(final long units) {
        final long ns;
        if (multiplier != 0) {
            ns = units < 0 || units > maxUnits ? Long.MAX_VALUE : units * multiplier;
        } else if (shift == 0) {
            ns = divisor == 0 ? 0 : clamp(Long.divideUnsigned(units, divisor));
        } else {
            ns = binary(units);
        }
        final long sum = ns + offsetNs;
        return ((ns ^ sum) & (offsetNs ^ sum)) < 0 ? offsetNs < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }

    private long binary(final long units) {
        final long seconds = shift > MAX_SHIFT ? 0 : units >>> shift;
        if (seconds > Long.MAX_VALUE / SECOND_NS - 1) {
            return Long.MAX_VALUE;
        }
        // The fraction as an unsigned 64-bit binary fraction of a second; its product with 10^9 has 94 bits.
        final int left = Long.SIZE - shift;
        final long fraction = left >= 0 ? units << left : left <= -Long.SIZE ? 0 : units >>> -left;
        return seconds * SECOND_NS + Math.multiplyHigh(fraction, SECOND_NS) + (fraction >> MAX_SHIFT & SECOND_NS);
    }

    private static long clamp(final long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }
}
