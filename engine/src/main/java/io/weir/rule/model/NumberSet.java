package io.weir.rule.model;

import java.util.List;

/**
 * Numbers a condition accepts: ranges, or everything but them.
 *
 * @param ranges  both ends included
 * @param negated true for everything else
 */
public record NumberSet(List<Range> ranges, boolean negated) {
    /** From {@code min} to {@code max}, both included. */
    public record Range(long min, long max) {
    }

    /** Copies what it is given. */
    public NumberSet {
        ranges = List.copyOf(ranges);
    }

    /** One number. */
    public static NumberSet of(final long value) {
        return between(value, value);
    }

    /** A range, both ends included. */
    public static NumberSet between(final long min, final long max) {
        return new NumberSet(List.of(new Range(min, max)), false);
    }

    /** Everything this one does not accept. */
    public NumberSet not() {
        return new NumberSet(ranges, !negated);
    }

    /** True if the number is accepted; allocates nothing. */
    public boolean contains(final long value) {
        for (int i = 0; i < ranges.size(); i++) {
            final Range range = ranges.get(i);
            if (value >= range.min && value <= range.max) {
                return !negated;
            }
        }
        return negated;
    }
}
