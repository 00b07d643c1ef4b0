package io.weir.stats;

import org.HdrHistogram.Histogram;

/** Latencies of a whole run, by stage and over all workers, and what stood beside them. Values in ns. One thread. */
public final class LatencyTotals {
    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final Histogram[] histograms = new Histogram[STAGES.length];
    private final SlowFrames slowest = new SlowFrames();
    private final SlowFrames batches = new SlowFrames();
    private final SlowFrames newest = new SlowFrames();
    private final PauseTotals pauses = new PauseTotals();
    private long intervals;
    private long negative;

    /** Makes empty totals. */
    public LatencyTotals() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(1, LatencyRecorder.HIGHEST_NS, LatencyRecorder.DIGITS);
        }
    }

    /** Adds an interval. */
    void add(final LatencyStage stage, final Histogram interval) {
        histograms[stage.ordinal()].add(interval);
    }

    /** Adds the frames that stood out in an interval. */
    void add(final SlowFrames frames, final SlowFrames longestBatches) {
        slowest.addAll(frames);
        batches.addAll(longestBatches);
        newest.clear();
        newest.addAll(frames);
        intervals++;
    }

    void negative(final long count) {
        negative = count;
    }

    /** Values recorded for a stage. */
    public long count(final LatencyStage stage) {
        return histograms[stage.ordinal()].getTotalCount();
    }

    /** Value at a percentile between 0 and 100. */
    public long percentile(final LatencyStage stage, final double percentile) {
        return histograms[stage.ordinal()].getValueAtPercentile(percentile);
    }

    /** Copies what was recorded for a stage into a histogram that can hold it. */
    public void copyTo(final LatencyStage stage, final Histogram target) {
        target.reset();
        target.add(histograms[stage.ordinal()]);
    }

    /** An empty histogram that {@link #copyTo} can fill. */
    public static Histogram newHistogram() {
        return new Histogram(1, LatencyRecorder.HIGHEST_NS, LatencyRecorder.DIGITS);
    }

    /** The greatest value of a stage. */
    public long max(final LatencyStage stage) {
        return histograms[stage.ordinal()].getMaxValue();
    }

    /** The frames that took longest until their verdict. */
    public SlowFrames slowest() {
        return slowest;
    }

    /** Of these, in the last interval. */
    public SlowFrames newest() {
        return newest;
    }

    /** How many intervals were added. */
    public long intervals() {
        return intervals;
    }

    /** The batches that were worked on longest; of each its frame with the longest payload. */
    public SlowFrames longestBatches() {
        return batches;
    }

    /** What held threads up. */
    public PauseTotals pauses() {
        return pauses;
    }

    /** Values that were negative, of all stages: counted, not recorded. */
    public long negative() {
        return negative;
    }

    /** True if nothing was recorded for any stage. */
    public boolean isEmpty() {
        for (final Histogram histogram : histograms) {
            if (histogram.getTotalCount() > 0) {
                return false;
            }
        }
        return true;
    }
}
