package io.weir.stats;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Pauses of a whole run. Times in ns. One thread. */
public final class PauseTotals {
    private static final Pause[] KINDS = Pause.values();

    private final Histogram[] histograms = new Histogram[KINDS.length];
    private final long[] sums = new long[KINDS.length];
    private final List<Histogram> threads = new ArrayList<>();
    private List<ThreadRow> rows = List.of();

    /**
     * What the scheduler did to one thread.
     *
     * @param name                of the thread
     * @param runDelayNs          how long it was ready without a CPU in all
     * @param longestRunDelayNs   most of that within ten milliseconds
     * @param involuntarySwitches how often it had to leave a CPU while it had work
     */
    public record ThreadRow(String name, long runDelayNs, long longestRunDelayNs, long involuntarySwitches) {
    }

    PauseTotals() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = newHistogram();
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(1, LatencyRecorder.HIGHEST_NS, LatencyRecorder.DIGITS);
    }

    void add(final Pause kind, final Histogram interval) {
        histograms[kind.ordinal()].add(interval);
        sums[kind.ordinal()] += sum(interval);
    }

    void addRunDelays(final PauseMeter meter, final PauseInterval interval) {
        final List<ThreadRow> now = new ArrayList<>();
        for (int i = 0; i < meter.threads().size(); i++) {
            if (threads.size() == i) {
                threads.add(newHistogram());
            }
            final Histogram delays = interval.runDelays(i);
            add(Pause.RUN_DELAY, delays);
            threads.get(i).add(delays);
            now.add(new ThreadRow(meter.threads().get(i), sum(threads.get(i)), threads.get(i).getMaxValue(),
                meter.switches(i)));
        }
        rows = List.copyOf(now);
    }

    private static long sum(final Histogram histogram) {
        return Math.round(histogram.getMean() * histogram.getTotalCount());
    }

    /** Pauses of a kind. */
    public long count(final Pause kind) {
        return histograms[kind.ordinal()].getTotalCount();
    }

    /** All pauses of a kind together, to the resolution of a histogram. */
    public long sumNs(final Pause kind) {
        return sums[kind.ordinal()];
    }

    /** Value at a percentile between 0 and 100. */
    public long percentile(final Pause kind, final double percentile) {
        return histograms[kind.ordinal()].getValueAtPercentile(percentile);
    }

    /** Copies the pauses of a kind into a histogram that can hold them, as {@link LatencyTotals#newHistogram} makes. */
    public void copyTo(final Pause kind, final Histogram target) {
        target.reset();
        target.add(histograms[kind.ordinal()]);
    }

    /** The longest of a kind. */
    public long max(final Pause kind) {
        return histograms[kind.ordinal()].getMaxValue();
    }

    /** The threads of the engine; empty if they were not watched. */
    public List<ThreadRow> threads() {
        return rows;
    }
}
