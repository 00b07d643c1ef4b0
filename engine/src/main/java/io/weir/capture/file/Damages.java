package io.weir.capture.file;

import io.weir.capture.CaptureStatistics;
import java.util.ArrayList;
import java.util.List;

/** What was found damaged, in order. Keeps the first {@value #MAX_KEPT}, says how many more there were. */
final class Damages {
    private static final int MAX_KEPT = 1000;

    private final List<CaptureStatistics.Damage> kept = new ArrayList<>();
    private long count;

    void add(final String where, final long offset, final String what) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(new CaptureStatistics.Damage(where, offset, what));
        }
    }

    /** How many were found. */
    long count() {
        return count;
    }

    void addTo(final List<CaptureStatistics.Damage> target) {
        target.addAll(kept);
        if (count > kept.size()) {
            target.add(new CaptureStatistics.Damage("", -1, (count - kept.size()) + " more places are not listed"));
        }
    }
}
