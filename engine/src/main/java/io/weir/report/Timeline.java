package io.weir.report;

import java.util.Arrays;
import java.util.List;

/**
 * Series on a common axis of time, cut into columns of equal length: the worst of all intervals whose middle lies in a
 * column. A column without intervals has 0.
 */
final class Timeline {
    private final long startMs;
    private final double columnMs;
    private final int columns;

    /** Makes an axis of at most so many columns, none shorter than the log's typical interval. */
    Timeline(final IntervalLog log, final int most) {
        startMs = log.startMs();
        final double spanMs = Math.max(1, (double) log.endMs() - startMs);
        columns = (int) Math.max(1, Math.min(most, Math.round(spanMs / intervalMs(log))));
        columnMs = spanMs / columns;
    }

    /** The length of most intervals. */
    private static double intervalMs(final IntervalLog log) {
        long[] lengths = new long[0];
        for (final Series series : log.all()) {
            if (series.intervals() > lengths.length) {
                lengths = new long[series.intervals()];
                for (int i = 0; i < lengths.length; i++) {
                    lengths[i] = Math.max(1, series.endMs(i) - series.startMs(i));
                }
            }
        }
        Arrays.sort(lengths);
        return lengths.length == 0 ? 1 : lengths[lengths.length / 2];
    }

    int columns() {
        return columns;
    }

    /** Length of a column. */
    double columnMs() {
        return columnMs;
    }

    /** Start of a column, ms since 1970. */
    long startMs(final int column) {
        return Math.round(startMs + column * columnMs);
    }

    private int column(final long timeMs) {
        return (int) Math.max(0, Math.min(columns - 1, (timeMs - startMs) / columnMs));
    }

    /** The column that an interval counts in. Intervals are never quite as long as columns, so not by their start. */
    int column(final Series series, final int interval) {
        return column(middleMs(series, interval));
    }

    private static long middleMs(final Series series, final int interval) {
        return (series.startMs(interval) + series.endMs(interval)) / 2;
    }

    /** The greatest p99 of intervals, by column. */
    long[] p99(final List<Series> parts) {
        final long[] worst = new long[columns];
        for (final Series series : parts) {
            for (int i = 0; i < series.intervals(); i++) {
                final int at = column(series, i);
                worst[at] = Math.max(worst[at], series.p99(i));
            }
        }
        return worst;
    }

    /** The greatest values, by column. */
    long[] max(final List<Series> parts) {
        final long[] worst = new long[columns];
        for (final Series series : parts) {
            for (int i = 0; i < series.intervals(); i++) {
                final int at = column(series, i);
                worst[at] = Math.max(worst[at], series.max(i));
            }
        }
        return worst;
    }
}
