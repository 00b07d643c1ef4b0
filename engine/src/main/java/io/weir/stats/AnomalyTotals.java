package io.weir.stats;

import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Anomalies by kind, added up from their records. One thread; allocates nothing per record. */
public final class AnomalyTotals {
    private final long[] counts = new long[Anomaly.COUNT];

    /**
     * One line of the table.
     *
     * @param anomaly what was odd
     * @param count   how often it was reported
     */
    public record Row(Anomaly anomaly, long count) {
    }

    /** Adds one record. */
    public void add(final AnomalyEvent event) {
        counts[event.anomaly().ordinal()] += event.count();
    }

    /** Anomalies of one kind. */
    public long count(final Anomaly anomaly) {
        return counts[anomaly.ordinal()];
    }

    /** The kinds that occurred, most frequent first. */
    public List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (int ordinal = 0; ordinal < counts.length; ordinal++) {
            if (counts[ordinal] > 0) {
                rows.add(new Row(Anomaly.of(ordinal), counts[ordinal]));
            }
        }
        rows.sort(Comparator.comparingLong(Row::count).reversed());
        return rows;
    }
}
