package io.weir.rule.model;

import java.util.List;

/**
 * Numbers a condition accepts: ranges, or everything but them.
 *
 * @param ranges  both ends included
 * @param negated true for everything else
 * @param mask    bits of the number that are compared
 */
public record NumberSet(List<Range> ranges, boolean negated, long mask) {
    /** From {@code min} to {@code max}, both included. */
    public record Range(long min, long max) {
    }

    /** Copies what it is given. */
    public NumberSet {
        ranges = List.copyOf(ranges);
    }

    /** Whole numbers. */
    public NumberSet(final List<Range> ranges, final boolean negated) {
        this(ranges, negated, -1);
    }

    /** One number. */
    public static NumberSet of(final long value) {
        return between(value, value);
    }

    /** A range, both ends included. */
    public static NumberSet between(final long min, final long max) {
        return new NumberSet(List.of(new Range(min, max)), false);
    }

    /** Numbers with these bits set as in a value, and those without in it not. */
    public static NumberSet masked(final long mask, final long value) {
        return new NumberSet(List.of(new Range(value, value)), false, mask);
    }

    /** Everything this one does not accept. */
    public NumberSet not() {
        return new NumberSet(ranges, !negated, mask);
    }

    /** False if no number from this one on is accepted, as far as that can be said without trying. */
    public boolean isAnyFrom(final long least) {
        if (negated || mask != -1) {
            return true;
        }
        for (final Range range : ranges) {
            if (range.max >= least) {
                return true;
            }
        }
        return false;
    }

    /** True if the number is accepted; allocates nothing. */
    public boolean contains(final long value) {
        final long compared = value & mask;
        for (int i = 0; i < ranges.size(); i++) {
            final Range range = ranges.get(i);
            if (compared >= range.min && compared <= range.max) {
                return !negated;
            }
        }
        return negated;
    }
}
