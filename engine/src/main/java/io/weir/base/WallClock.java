package io.weir.base;

import java.util.function.LongSupplier;

/**
 * Wall-clock time derived from the monotonic clock, so that differences are never torn by a clock that is stepped.
 *
 * <p>The offset between both clocks is measured anew each second of monotonic time, by whichever thread comes first,
 * and is the same for all: a stamp that one thread takes can be set against another's. Any thread.
 */
public final class WallClock {
    private static final long ANCHOR_INTERVAL_NS = 1_000_000_000L;
    /** Readings of which the tightest counts: a thread that loses its CPU in the middle of one makes it worthless. */
    private static final int READINGS = 5;

    private static volatile long offsetNs;
    private static volatile long anchoredNs;

    static {
        anchor();
    }

    /** Nanoseconds since 1970. */
    public long epochNs() {
        final long nowNs = System.nanoTime();
        if (nowNs - anchoredNs > ANCHOR_INTERVAL_NS) {
            anchor();
        }
        return nowNs + offsetNs;
    }

    /** The same of a moment of the near past, given as {@link System#nanoTime()} counts: CLOCK_MONOTONIC on Linux. */
    public long epochNs(final long monotonicNs) {
        if (monotonicNs - anchoredNs > ANCHOR_INTERVAL_NS) {
            anchor();
        }
        return monotonicNs + offsetNs;
    }

    private static void anchor() {
        offsetNs = offset(System::nanoTime, EpochNanos::now);
        anchoredNs = System.nanoTime();
    }

    /** Wall clock less monotonic clock, by the reading in which least time passed. */
    static long offset(final LongSupplier monotonic, final LongSupplier epoch) {
        long tightestNs = Long.MAX_VALUE;
        long offset = 0;
        for (int i = 0; i < READINGS; i++) {
            final long beforeNs = monotonic.getAsLong();
            final long epochNs = epoch.getAsLong();
            final long tookNs = monotonic.getAsLong() - beforeNs;
            if (tookNs < tightestNs) {
                tightestNs = tookNs;
                offset = epochNs - beforeNs - tookNs / 2;
            }
        }
        return offset;
    }
}
