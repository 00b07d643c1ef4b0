package io.weir.monitor;

import io.weir.stats.SlowFrames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The slowest frames of the last minute: of those since the start, the first seconds' would stand for ever. One thread.
 */
final class SlowView {
    /** Frames that are kept. */
    static final int FRAMES = 10;

    private static final long KEEP_NS = TimeUnit.MINUTES.toNanos(1);

    private final List<SlowRow> rows = new ArrayList<>();

    /**
     * Adds those of an interval and lets go of the old ones.
     *
     * @param nowNs ns since 1970
     * @return the slowest first
     */
    List<SlowRow> rows(final SlowFrames newest, final long nowNs) {
        rows.removeIf(row -> row.endNs() < nowNs - KEEP_NS);
        for (int i = 0; i < newest.size(); i++) {
            rows.add(SlowRow.of(newest.get(i)));
        }
        rows.sort(Comparator.comparingLong(SlowRow::ns).reversed());
        rows.subList(Math.min(FRAMES, rows.size()), rows.size()).clear();
        return List.copyOf(rows);
    }
}
