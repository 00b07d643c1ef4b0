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
    private final PauseMeter meter;
    private final LatencyLog log;
    private final LatencyListener listener;
    private final LatencyTotals totals = new LatencyTotals();
    private final SlowFrames slowest = new SlowFrames();
    private final SlowFrames batches = new SlowFrames();
    private final String[] runDelayTags;
    private long intervalStartMs;
    private long negative;

    /** Makes a collector of latencies alone. */
    public LatencyCollector(final List<LatencyRecorder> recorders, final LatencyLog log, final long startMs) {
        this(recorders, null, log, null, startMs);
    }

    /**
     * Makes a collector.
     *
     * @param recorders of all workers
     * @param meter     of pauses, or null
     * @param log       where intervals go, or null to keep totals alone
     * @param listener  hears of each interval, or null; closed with this
     * @param startMs   start of the first interval, ms since 1970
     */
    public LatencyCollector(final List<LatencyRecorder> recorders, final PauseMeter meter, final LatencyLog log,
        final LatencyListener listener, final long startMs) {
        this.recorders = List.copyOf(recorders);
        this.meter = meter;
        this.log = log;
        this.listener = listener;
        intervalStartMs = startMs;
        runDelayTags = meter == null ? new String[0] : meter.threads().stream()
            .map(thread -> "thread/" + thread + "/" + Pause.RUN_DELAY.tag()).toArray(String[]::new);
    }

    /** Ends the current interval at {@code nowMs} (ms since 1970) and begins the next. */
    public void collect(final long nowMs) {
        // A clock that was set back must not make an interval that ends before it begins.
        intervalStartMs = Math.min(intervalStartMs, nowMs);
        slowest.clear();
        batches.clear();
        for (final LatencyRecorder recorder : recorders) {
            final LatencyInterval interval = recorder.take();
            for (final LatencyStage stage : STAGES) {
                final Histogram histogram = interval.histogram(stage);
                if (histogram != null && histogram.getTotalCount() > 0) {
                    totals.add(stage, histogram);
                    write(recorder.name() + "/" + stage.label(), nowMs, histogram);
                }
            }
            slowest.addAll(interval.slowest());
            batches.addAll(interval.longestBatches());
            negative += interval.negative();
        }
        totals.negative(negative);
        totals.add(slowest, batches);
        final PauseInterval pauses = meter == null ? null : collectPauses(nowMs);
        if (listener != null) {
            listener.interval(intervalStartMs, nowMs, slowest, batches, pauses,
                meter == null ? List.of() : meter.threads());
        }
        if (log != null) {
            log.flush();
        }
        intervalStartMs = nowMs;
    }

    private PauseInterval collectPauses(final long nowMs) {
        final PauseInterval interval = meter.take();
        for (final Pause kind : Pause.values()) {
            if (kind != Pause.RUN_DELAY) {
                totals.pauses().add(kind, interval.histogram(kind));
                write(kind.tag(), nowMs, interval.histogram(kind));
            }
        }
        for (int i = 0; i < runDelayTags.length; i++) {
            write(runDelayTags[i], nowMs, interval.runDelays(i));
        }
        totals.pauses().addRunDelays(meter, interval);
        return interval;
    }

    private void write(final String tag, final long nowMs, final Histogram histogram) {
        if (log != null && histogram.getTotalCount() > 0) {
            log.write(tag, intervalStartMs, nowMs, histogram);
        }
    }

    /** True if the log, or what the listener keeps, lacks something. */
    public boolean logFailed() {
        return log != null && log.failed() || listener != null && listener.failed();
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
        if (listener != null) {
            listener.close();
        }
    }
}
