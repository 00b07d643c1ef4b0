package io.weir.report;

/**
 * A logarithmic axis of durations in ns.
 *
 * @param least    value at {@code from}
 * @param greatest value at {@code to}
 * @param from     pixel of the least value
 * @param to       pixel of the greatest
 */
record Axis(double least, double greatest, double from, double to) {
    /** An axis from the decade below the least to the decade above the greatest. */
    static Axis of(final double least, final double greatest, final double from, final double to) {
        final double lower = Math.pow(10, Math.floor(Math.log10(Math.max(1, least))));
        final double upper = Math.pow(10, Math.ceil(Math.log10(Math.max(10 * lower, greatest))));
        return new Axis(lower, upper, from, to);
    }

    /** Pixel of a value. */
    double at(final long value) {
        return at((double) value);
    }

    /** Pixel of a value; those outside lie at the ends. */
    double at(final double value) {
        final double inside = Math.max(least, Math.min(greatest, value));
        return from + (to - from) * Math.log(inside / least) / Math.log(greatest / least);
    }
}
