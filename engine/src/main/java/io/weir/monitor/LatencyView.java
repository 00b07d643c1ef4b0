package io.weir.monitor;

import io.weir.stats.LatencyTotals;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Tells what histograms took in the last interval from what they hold since the start. One thread. */
final class LatencyView {
    private final List<String> names;
    private final Histogram[] before;
    private Histogram now = LatencyTotals.newHistogram();

    /** Where the histograms are. */
    interface Source {
        /** Copies the one with this number. */
        void copyTo(int number, Histogram target);
    }

    /** Prepares for histograms with these names, by their numbers. */
    LatencyView(final List<String> names) {
        this.names = List.copyOf(names);
        before = new Histogram[names.size()];
    }

    /** Those of which something was recorded. */
    List<LatencyRow> rows(final Source source) {
        final List<LatencyRow> rows = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            source.copyTo(i, now);
            if (now.getTotalCount() > 0) {
                rows.add(row(i));
            }
        }
        return rows;
    }

    private LatencyRow row(final int number) {
        if (before[number] == null) {
            before[number] = LatencyTotals.newHistogram();
        }
        final Histogram recent = before[number];
        final List<Long> upTo = upTo(now);
        final LatencyRow.Figures total = figures(now);
        // what was there before is subtracted by exchanging the two: recent = now - before
        final Histogram difference = now.copy();
        difference.subtract(recent);
        before[number] = now;
        now = recent;
        return new LatencyRow(names.get(number), total, figures(difference), upTo);
    }

    private static LatencyRow.Figures figures(final Histogram histogram) {
        final long count = histogram.getTotalCount();
        return count == 0 ? new LatencyRow.Figures(0, 0, 0, 0, 0, 0)
            : new LatencyRow.Figures(count, histogram.getMean() * count, histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getMaxValue());
    }

    private static List<Long> upTo(final Histogram histogram) {
        final long[] counts = new long[LatencyRow.BOUNDS_NS.size()];
        for (final HistogramIterationValue value : histogram.recordedValues()) {
            for (int i = 0; i < counts.length; i++) {
                if (value.getValueIteratedTo() <= LatencyRow.BOUNDS_NS.get(i)) {
                    counts[i] = value.getTotalCountToThisValue();
                }
            }
        }
        final List<Long> upTo = new ArrayList<>();
        long most = 0;
        for (final long count : counts) {
            most = Math.max(most, count);
            upTo.add(most);
        }
        return upTo;
    }
}
