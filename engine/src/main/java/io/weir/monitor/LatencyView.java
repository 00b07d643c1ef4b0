package io.weir.monitor;

import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Tells the latencies of the last interval from those since the start. One thread. */
final class LatencyView {
    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final Histogram[] before = new Histogram[STAGES.length];
    private Histogram now = LatencyTotals.newHistogram();

    /** The stages of which something was recorded. */
    List<LatencyRow> rows(final LatencyTotals latency) {
        final List<LatencyRow> rows = new ArrayList<>();
        for (final LatencyStage stage : STAGES) {
            if (latency.count(stage) > 0) {
                rows.add(row(stage, latency));
            }
        }
        return rows;
    }

    private LatencyRow row(final LatencyStage stage, final LatencyTotals latency) {
        final int index = stage.ordinal();
        if (before[index] == null) {
            before[index] = LatencyTotals.newHistogram();
        }
        latency.copyTo(stage, now);
        final Histogram recent = before[index];
        final List<Long> upTo = upTo(now);
        final LatencyRow.Figures total = figures(now);
        // what was there before is subtracted by exchanging the two: recent = now - before
        final Histogram difference = now.copy();
        difference.subtract(recent);
        before[index] = now;
        now = recent;
        return new LatencyRow(stage, total, figures(difference), upTo);
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
