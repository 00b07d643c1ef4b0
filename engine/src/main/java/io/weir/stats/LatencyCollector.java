package io.weir.stats;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Takes the interval histograms of all threads, adds them to the totals and hands them to the log, if there is one.
 *
 * <p>Owned by the aggregator's thread. Each stage is recorded by as many threads as have something to say about it.
 */
public final class LatencyCollector implements AutoCloseable {
    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final List<LatencyRecorder> recorders;
    private final LatencyLog log;
    private final LatencyTotals totals = new LatencyTotals();
    private long intervalStartMs;

    /**
     * Makes a collector.
     *
     * @param recorders of all threads
     * @param log       where intervals go, or null to keep totals alone
     * @param startMs   start of the first interval, ms since 1970
     */
    public LatencyCollector(final List<LatencyRecorder> recorders, final LatencyLog log, final long startMs) {
        this.recorders = List.copyOf(recorders);
        this.log = log;
        intervalStartMs = startMs;
    }

    /** Ends the current interval at {@code nowMs} (ms since 1970) and begins the next. */
    public void collect(final long nowMs) {
        // A clock that was set back must not make an interval that ends before it begins.
        final long beganMs = Math.min(intervalStartMs, nowMs);
        long negative = 0;
        for (final LatencyRecorder recorder : recorders) {
            for (final LatencyStage stage : STAGES) {
                final Histogram interval = recorder.takeInterval(stage);
                if (interval.getTotalCount() > 0) {
                    totals.add(stage, interval);
                    if (log != null) {
                        log.write(recorder.thread(), stage, beganMs, nowMs, interval);
                    }
                }
            }
            negative += recorder.negative();
        }
        totals.negative(negative);
        if (log != null) {
            log.flush();
        }
        intervalStartMs = nowMs;
    }

    /** True if the log could not be written. */
    public boolean logFailed() {
        return log != null && log.failed();
    }

    /** Everything collected so far. */
    public LatencyTotals totals() {
        return totals;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
