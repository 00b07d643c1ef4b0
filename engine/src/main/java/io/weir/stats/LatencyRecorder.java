package io.weir.stats;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One thread's latencies, a histogram per stage.
 *
 * <p>The owning thread alone records, without allocating, waiting or throwing; one other thread at a time may take the
 * intervals. Values are in ns. Negative ones are counted, not recorded; those above {@link #HIGHEST_NS} are recorded as
 * that.
 */
public final class LatencyRecorder {
    /** The longest latency told apart, in ns: a minute. */
    public static final long HIGHEST_NS = 60_000_000_000L;

    static final int DIGITS = 2;

    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final String thread;
    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[STAGES.length];
    private final Histogram[] recycled = new Histogram[STAGES.length];
    private volatile long negative;

    /**
     * Makes the recorder of one thread.
     *
     * @param thread name in the tags of the log; no comma, no space
     */
    public LatencyRecorder(final String thread) {
        if (thread.isEmpty() || thread.indexOf(',') >= 0 || thread.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("not fit for a histogram tag: '" + thread + "'");
        }
        this.thread = thread;
        for (int i = 0; i < recorders.length; i++) {
            recorders[i] = new SingleWriterRecorder(1, HIGHEST_NS, DIGITS);
        }
    }

    /** Name in the tags of the log. */
    public String thread() {
        return thread;
    }

    /** Records one value. Owning thread only. */
    public void record(final LatencyStage stage, final long valueNs) {
        record(stage, valueNs, 1);
    }

    /** Records a value that {@code count} frames share. Owning thread only. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void record(final LatencyStage stage, final long valueNs, final long count) {
        if (valueNs < 0) {
            negative += count;
        } else {
            recorders[stage.ordinal()].recordValueWithCount(Math.min(valueNs, HIGHEST_NS), count);
        }
    }

    /** Negative values so far: clocks that disagreed. Any thread. */
    public long negative() {
        return negative;
    }

    /**
     * Takes what was recorded for a stage since the last call. It is valid until the next call for the same stage.
     */
    Histogram takeInterval(final LatencyStage stage) {
        final int index = stage.ordinal();
        recycled[index] = recorders[index].getIntervalHistogram(recycled[index]);
        return recycled[index];
    }
}
