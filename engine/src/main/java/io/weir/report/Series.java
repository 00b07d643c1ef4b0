package io.weir.report;

import io.weir.stats.Pause;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The histograms of one tag: all intervals together, and some figures of each. Values in ns, times in ms since 1970.
 */
final class Series {
    private static final double[] KEPT = {50, 99};
    private static final int FIELDS = 5;
    private static final int START = 0;
    private static final int END = 1;
    private static final int P50 = 2;
    private static final int P99 = 3;
    private static final int MAX = 4;

    private final String tag;
    private final Histogram total;
    private long[] intervals = new long[FIELDS * 64];
    private int count;

    Series(final String tag, final Histogram like) {
        this.tag = tag;
        total = new Histogram(like);
        total.setAutoResize(true);
    }

    /** An interval. */
    void add(final long startMs, final long endMs, final Histogram interval) {
        total.add(interval);
        if (intervals.length < (count + 1) * FIELDS) {
            intervals = Arrays.copyOf(intervals, 2 * intervals.length);
        }
        final int at = count++ * FIELDS;
        intervals[at + START] = startMs;
        intervals[at + END] = endMs;
        intervals[at + P50] = interval.getValueAtPercentile(KEPT[0]);
        intervals[at + P99] = interval.getValueAtPercentile(KEPT[1]);
        intervals[at + MAX] = interval.getMaxValue();
    }

    /** The whole tag, as in the log. */
    String tag() {
        return tag;
    }

    /** What is measured: the tag behind its last slash. */
    String what() {
        return tag.substring(tag.lastIndexOf('/') + 1);
    }

    /** Who measured it: the tag before its last slash, empty if there is none. */
    String who() {
        return tag.substring(0, Math.max(0, tag.lastIndexOf('/')));
    }

    /** True if it tells of pauses, not of frames. */
    boolean isPause() {
        return pause() != null;
    }

    /** The kind of pause, or null. */
    Pause pause() {
        for (final Pause kind : Pause.values()) {
            if (tag.equals(kind.tag()) || kind == Pause.RUN_DELAY && what().equals(kind.tag())) {
                return kind;
            }
        }
        return null;
    }

    /** All intervals together. */
    Histogram total() {
        return total;
    }

    int intervals() {
        return count;
    }

    long startMs(final int interval) {
        return intervals[interval * FIELDS + START];
    }

    long endMs(final int interval) {
        return intervals[interval * FIELDS + END];
    }

    long median(final int interval) {
        return intervals[interval * FIELDS + P50];
    }

    long p99(final int interval) {
        return intervals[interval * FIELDS + P99];
    }

    long max(final int interval) {
        return intervals[interval * FIELDS + MAX];
    }
}
