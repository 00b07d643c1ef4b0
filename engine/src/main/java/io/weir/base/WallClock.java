package io.weir.base;

/**
 * Wall-clock time derived from the monotonic clock, so that differences are never torn by a clock that is stepped.
 *
 * <p>The offset between both clocks is measured anew each second of monotonic time. Owned by one thread.
 */
public final class WallClock {
    private static final long ANCHOR_INTERVAL_NS = 1_000_000_000L;

    private long offsetNs;
    private long anchoredNs;

    /** Takes the first anchor. */
    public WallClock() {
        anchor(System.nanoTime());
    }

    /** Nanoseconds since 1970. */
    public long epochNs() {
        final long nowNs = System.nanoTime();
        if (nowNs - anchoredNs > ANCHOR_INTERVAL_NS) {
            anchor(nowNs);
        }
        return nowNs + offsetNs;
    }

    /** The same of a moment of the near past, given as {@link System#nanoTime()} counts: CLOCK_MONOTONIC on Linux. */
    public long epochNs(final long monotonicNs) {
        if (monotonicNs - anchoredNs > ANCHOR_INTERVAL_NS) {
            anchor(System.nanoTime());
        }
        return monotonicNs + offsetNs;
    }

    private void anchor(final long nowNs) {
        anchoredNs = nowNs;
        offsetNs = EpochNanos.now() - nowNs;
    }
}
