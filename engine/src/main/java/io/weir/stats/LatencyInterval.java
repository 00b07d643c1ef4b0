package io.weir.stats;

import org.HdrHistogram.Histogram;

/**
 * What one thread has measured in one interval: a histogram per stage, the frames it was slowest with and the batches
 * it spent longest on. One thread at a time.
 */
public final class LatencyInterval {
    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final Histogram[] histograms = new Histogram[STAGES.length];
    private final SlowFrames slowest = new SlowFrames();
    private final SlowFrames longestBatches = new SlowFrames();
    private long negative;

    LatencyInterval(final LatencyStage[] stages) {
        for (final LatencyStage stage : stages) {
            histograms[stage.ordinal()] = new Histogram(1, LatencyRecorder.HIGHEST_NS, LatencyRecorder.DIGITS);
        }
    }

    /** Adds a value in ns that {@code count} frames share; negative ones are counted, not recorded. */
    public void add(final LatencyStage stage, final long valueNs, final long count) {
        if (valueNs < 0) {
            negative += count;
        } else {
            histograms[stage.ordinal()].recordValueWithCount(Math.min(valueNs, LatencyRecorder.HIGHEST_NS), count);
        }
    }

    /** The frames it took longest to be done with. */
    public SlowFrames slowest() {
        return slowest;
    }

    /** The batches that were worked on longest; of each its frame with the longest payload. */
    public SlowFrames longestBatches() {
        return longestBatches;
    }

    /** Histogram of a stage, or null if the thread has no such stage. */
    Histogram histogram(final LatencyStage stage) {
        return histograms[stage.ordinal()];
    }

    long negative() {
        return negative;
    }

    void clear() {
        for (final Histogram histogram : histograms) {
            if (histogram != null && histogram.getTotalCount() > 0) {
                histogram.reset();
            }
        }
        slowest.clear();
        longestBatches.clear();
        negative = 0;
    }
}
