package io.weir.reassembly;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** What a store must hold, byte by byte: slow and plain. Places are not sequences; they do not wrap. */
final class PieceModel {
    final TreeMap<Integer, Cell> cells = new TreeMap<>();
    int storedBytes;
    int overlapBytes;
    boolean differing;
    int differingPlace;
    byte[] kept = new byte[0];
    byte[] refused = new byte[0];

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
            final Cell old = cells.get(start + i);
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
        for (int i = 0; i < data.length; i++) {
            if (!keepsOld[i]) {
                int from = i;
                int to = i;
                while (from > 0 && !keepsOld[from - 1]) {
                    from--;
                }
                while (to < data.length && !keepsOld[to]) {
                    to++;
                }
                cells.put(start + i, new Cell(data[i], rule.isTrimming()
                    ? new Segment(start + from, start + to, flags) : new Segment(start, end, flags)));
            }
        }
    }

    private void findDifference(final int start, final byte[] data, final boolean[] overlaps,
        final boolean[] keepsOld) {
        differing = false;
        for (int i = 0; i < data.length && !differing; i++) {
            differing = overlaps[i] && cells.get(start + i).value != data[i];
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
                    final byte old = cells.get(start + j).value;
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
            final Cell old = cells.get(start + i);
            if (old != null && !keepsOld[i]) {
                losers.add(old.segment);
            }
        }
        cells.replaceAll((place, cell) -> {
            final Segment old = cell.segment;
            if (!losers.contains(old) || place >= start && place < end) {
                return cell;
            }
            return new Cell(cell.value, place < start ? new Segment(old.start, start, old.flags)
                : new Segment(end, old.end, old.flags));
        });
    }
}
