package io.weir.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses that most bytes come from and go to, in bounded memory: Space-Saving (Metwally, Agrawal, El Abbadi
 * 2005) in sets of eight, so that an address is looked for in one place. A new address takes over the smallest claim of
 * its set; what it is reported with is what was seen since, so that a flood of addresses that come once cannot push
 * itself to the front. One thread at a time; allocates nothing per address.
 */
public final class HeavyHitters {
    private static final int SETS = 32;
    private static final int WAYS = 8;
    private static final int ENTRY = 8;
    private static final int HI = 0;
    private static final int LO = 1;
    private static final int VERSION = 2;
    private static final int CLAIM = 3;
    private static final int SENT = 4;
    private static final int RECEIVED = 5;
    private static final int FRAMES = 6;

    private final long[] cells = new long[SETS * WAYS * ENTRY];
    private final long seed;

    /**
     * One address.
     *
     * @param ipVersion 4 or 6
     * @param hi        upper half
     * @param lo        lower half; IPv4 zero-extended
     * @param sent      bytes that came from it
     * @param received  bytes that went to it
     * @param frames    in both directions
     */
    public record Row(int ipVersion, long hi, long lo, long sent, long received, long frames) {
        /** Bytes in both directions. */
        public long bytes() {
            return sent + received;
        }
    }

    /**
     * Makes an empty table.
     *
     * @param seed of the hash that chooses the set; drawn at random, so that nobody can aim at one
     */
    public HeavyHitters(final long seed) {
        this.seed = seed;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(cells, 0);
    }

    /** Adds what one address sent and received. */
    public void add(final int ipVersion, final long hi, final long lo, final long sent, final long received,
        final long frames) {
        final int set = set(hi, lo) * WAYS * ENTRY;
        int smallest = set;
        for (int at = set; at < set + WAYS * ENTRY; at += ENTRY) {
            if (cells[at + LO] == lo && cells[at + HI] == hi && cells[at + VERSION] == ipVersion) {
                smallest = at;
                break;
            }
            if (cells[at + CLAIM] < cells[smallest + CLAIM]) {
                smallest = at;
            }
        }
        if (cells[smallest + LO] != lo || cells[smallest + HI] != hi || cells[smallest + VERSION] != ipVersion) {
            cells[smallest + HI] = hi;
            cells[smallest + LO] = lo;
            cells[smallest + VERSION] = ipVersion;
            cells[smallest + SENT] = 0;
            cells[smallest + RECEIVED] = 0;
            cells[smallest + FRAMES] = 0;
        }
        cells[smallest + CLAIM] += sent + received;
        cells[smallest + SENT] += sent;
        cells[smallest + RECEIVED] += received;
        cells[smallest + FRAMES] += frames;
    }

    private int set(final long hi, final long lo) {
        long hash = (hi * 0x9e3779b97f4a7c15L ^ lo ^ seed) * 0xbf58476d1ce4e5b9L;
        hash ^= hash >>> 32;
        return (int) (hash * 0x94d049bb133111ebL >>> 64 - 5);
    }

    /** Adds all that another has. */
    public void addAll(final HeavyHitters other, final double factor) {
        for (int at = 0; at < other.cells.length; at += ENTRY) {
            if (other.cells[at + VERSION] != 0) {
                add((int) other.cells[at + VERSION], other.cells[at + HI], other.cells[at + LO],
                    Math.round(other.cells[at + SENT] * factor), Math.round(other.cells[at + RECEIVED] * factor),
                    Math.round(other.cells[at + FRAMES] * factor));
            }
        }
    }

    /** The addresses with most bytes, those first, at most {@code most}. */
    public List<Row> top(final int most) {
        final List<Row> rows = new ArrayList<>();
        for (int at = 0; at < cells.length; at += ENTRY) {
            if (cells[at + VERSION] != 0) {
                rows.add(new Row((int) cells[at + VERSION], cells[at + HI], cells[at + LO], cells[at + SENT],
                    cells[at + RECEIVED], cells[at + FRAMES]));
            }
        }
        rows.sort(Comparator.comparingLong(Row::bytes).reversed().thenComparingLong(Row::hi)
            .thenComparingLong(Row::lo));
        return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
    }
}
