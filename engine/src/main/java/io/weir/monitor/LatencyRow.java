package io.weir.monitor;

import java.util.List;

/**
 * Latencies of one stage, or pauses of one kind.
 *
 * @param name   of the stage or kind
 * @param total  since the start
 * @param recent in the last interval
 * @param upTo   how many values since the start were at most {@link #BOUNDS_NS} with the same index
 */
public record LatencyRow(String name, Figures total, Figures recent, List<Long> upTo) {
    /** Bounds that values are counted by, in ns. */
    public static final List<Long> BOUNDS_NS = List.of(100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 25_000L,
        50_000L, 100_000L, 250_000L, 500_000L, 1_000_000L, 2_500_000L, 5_000_000L, 10_000_000L, 25_000_000L,
        50_000_000L, 100_000_000L, 1_000_000_000L, 10_000_000_000L);

    /** Copies what it is given. */
    public LatencyRow {
        upTo = List.copyOf(upTo);
    }

    /**
     * Percentiles, in ns.
     *
     * @param count how many values
     * @param sum   of all values
     * @param p50   half of the values are at most this
     * @param p99   99 in a hundred
     * @param p999  999 in a thousand
     * @param max   the greatest
     */
    public record Figures(long count, double sum, long p50, long p99, long p999, long max) {
    }
}
