package io.weir.reassembly;

import java.util.HashSet;
import java.util.Set;

/** What a store must hold, byte by byte: slow and plain. Places are not sequences; they do not wrap. */
final class PieceModel {
    private final Cell[] cells;
    private int held;
    int storedBytes;
    int overlapBytes;
    boolean differing;
    int differingPlace;
    byte[] kept = new byte[0];
    byte[] refused = new byte[0];

    PieceModel(final int places) {
        cells = new Cell[places];
    }

    Cell cell(final int place) {
        return cells[place];
    }

    int held() {
        return held;
    }

    void remove(final int from, final int to) {
        for (int place = from; place < to; place++) {
            held -= cells[place] == null ? 0 : 1;
            cells[place] = null;
        }
    }

    /** One byte, and the segment it belongs to. */
    record Cell(byte value, Segment segment) {
    }

    /** A segment as the rules see it. */
    record Segment(int start, int end, int flags) {
    }

    void insert(final int start, final byte[] data, final OverlapRule rule, final int flags) {
        final int end = start + data.length;
        final boolean[] keepsOld = new boolean[data.length];
        final boolean[] overlaps = new boolean[data.length];
        storedBytes = data.length;
        for (int i = 0; i < data.length; i++) {
            final Cell old = cells[start + i];
            if (old != null) {
                storedBytes--;
                overlaps[i] = true;
                final boolean oldProvisional = (old.segment.flags & PieceStore.PROVISIONAL) != 0;
                final boolean newProvisional = (flags & PieceStore.PROVISIONAL) != 0;
                keepsOld[i] = oldProvisional != newProvisional ? newProvisional
                    : rule.keepsOld(old.segment.start, old.segment.end, start, end);
            }
        }
        overlapBytes = data.length - storedBytes;
        findDifference(start, data, overlaps, keepsOld);
        if (rule.isTrimming()) {
            trimLosers(start, end, keepsOld);
        }
        int runEnd = 0;
        Segment segment = new Segment(start, end, flags);
        for (int i = 0; i < data.length; i++) {
            if (rule.isTrimming() && i >= runEnd) {
                for (runEnd = i; runEnd < data.length && keepsOld[runEnd] == keepsOld[i]; runEnd++) {
                    segment = new Segment(start + i, start + runEnd + 1, flags);
                }
            }
            if (!keepsOld[i]) {
                cells[start + i] = new Cell(data[i], segment);
            }
        }
        held += storedBytes;
    }

    private void findDifference(final int start, final byte[] data, final boolean[] overlaps,
        final boolean[] keepsOld) {
        differing = false;
        for (int i = 0; i < data.length && !differing; i++) {
            differing = overlaps[i] && cells[start + i].value != data[i];
            if (differing) {
                int from = i;
                int to = i;
                while (from > 0 && overlaps[from - 1] && keepsOld[from - 1] == keepsOld[i]) {
                    from--;
                }
                while (to < data.length && overlaps[to] && keepsOld[to] == keepsOld[i]) {
                    to++;
                }
                differingPlace = start + from;
                kept = new byte[to - from];
                refused = new byte[to - from];
                for (int j = from; j < to; j++) {
                    final byte old = cells[start + j].value;
                    kept[j - from] = keepsOld[j] ? old : data[j];
                    refused[j - from] = keepsOld[j] ? data[j] : old;
                }
            }
        }
    }

    /** A segment that lost to another one ends before it, or starts behind it, or both. */
    private void trimLosers(final int start, final int end, final boolean[] keepsOld) {
        final Set<Segment> losers = new HashSet<>();
        for (int i = 0; i < keepsOld.length; i++) {
            final Cell old = cells[start + i];
            if (old != null && !keepsOld[i]) {
                losers.add(old.segment);
            }
        }
        for (final Segment loser : losers) {
            replace(loser, loser.start, start, new Segment(loser.start, start, loser.flags));
            replace(loser, end, loser.end, new Segment(end, loser.end, loser.flags));
        }
    }

    private void replace(final Segment segment, final int from, final int to, final Segment by) {
        for (int place = from; place < to; place++) {
            if (cells[place] != null && cells[place].segment.equals(segment)) {
                cells[place] = new Cell(cells[place].value, by);
            }
        }
    }
}
