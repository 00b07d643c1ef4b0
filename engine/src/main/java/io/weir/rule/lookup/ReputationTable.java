package io.weir.rule.lookup;

import io.weir.packet.Network;
import io.weir.rule.match.Reputations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Scores of addresses and networks in categories; the longest prefix that has one counts. 18 bytes for each; a look-up
 * is a binary search for each length of prefix. Immutable.
 */
public final class ReputationTable implements Reputations {
    private static final int BITS = 128;

    private final Map<String, Integer> categories;
    /** Networks of one version and length, longest first. */
    private final List<Level> levels = new ArrayList<>();

    /** A network's score in a category. */
    record Entry(int category, Network network, int score) {
    }

    /** Networks of one version and one length, in order; scores lie beside them. */
    private static final class Level {
        private final int version;
        private final int length;
        private final long[] his;
        private final long[] los;
        private final byte[] categories;
        private final byte[] scores;

        private Level(final List<Entry> sorted) {
            version = sorted.get(0).network().ipVersion();
            length = sorted.get(0).network().prefixLength();
            his = sorted.stream().mapToLong(entry -> entry.network().firstHi()).toArray();
            los = sorted.stream().mapToLong(entry -> entry.network().firstLo()).toArray();
            categories = new byte[his.length];
            scores = new byte[his.length];
            for (int i = 0; i < his.length; i++) {
                categories[i] = (byte) sorted.get(i).category();
                scores[i] = (byte) sorted.get(i).score();
            }
        }

        private int score(final int category, final long hi, final long lo) {
            final long firstHi = hi & mask(Math.min(length, Long.SIZE));
            final long firstLo = lo & mask(Math.max(length - Long.SIZE, 0));
            int from = 0;
            int to = his.length - 1;
            while (from <= to) {
                final int middle = from + to >>> 1;
                final int order = order(middle, category, firstHi, firstLo);
                if (order == 0) {
                    return scores[middle];
                } else if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return UNKNOWN;
        }

        private int order(final int index, final int category, final long hi, final long lo) {
            if (his[index] != hi) {
                return Long.compareUnsigned(his[index], hi);
            }
            return los[index] != lo ? Long.compareUnsigned(los[index], lo)
                : Integer.compare(categories[index], category);
        }

        private static long mask(final int ones) {
            return ones == 0 ? 0 : -1L << Long.SIZE - ones;
        }
    }

    /**
     * Makes a table.
     *
     * @param categories numbers by name
     * @param entries    of entries about the same network and category the last one counts
     */
    ReputationTable(final Map<String, Integer> categories, final List<Entry> entries) {
        this.categories = Map.copyOf(categories);
        final Entry[] sorted = entries.toArray(new Entry[0]);
        Arrays.sort(sorted, Comparator
            .comparingInt((Entry entry) -> entry.network().ipVersion())
            .thenComparingInt(entry -> BITS - entry.network().prefixLength())
            .thenComparing(entry -> entry.network().firstHi(), Long::compareUnsigned)
            .thenComparing(entry -> entry.network().firstLo(), Long::compareUnsigned)
            .thenComparingInt(Entry::category));
        final List<Entry> level = new ArrayList<>();
        for (final Entry entry : sorted) {
            if (!level.isEmpty() && !isOfLevel(entry, level.get(0))) {
                levels.add(new Level(level));
                level.clear();
            }
            final Entry before = level.isEmpty() ? null : level.get(level.size() - 1);
            if (before != null && before.network().equals(entry.network())
                && before.category() == entry.category()) {
                level.set(level.size() - 1, entry);
            } else {
                level.add(entry);
            }
        }
        if (!level.isEmpty()) {
            levels.add(new Level(level));
        }
    }

    private static boolean isOfLevel(final Entry entry, final Entry first) {
        return entry.network().ipVersion() == first.network().ipVersion()
            && entry.network().prefixLength() == first.network().prefixLength();
    }

    @Override
    public int category(final String name) {
        return categories.getOrDefault(name, UNKNOWN);
    }

    @Override
    public int score(final int category, final int version, final long hi, final long lo) {
        for (int i = 0; i < levels.size(); i++) {
            final Level level = levels.get(i);
            final int score = level.version == version ? level.score(category, hi, lo) : UNKNOWN;
            if (score != UNKNOWN) {
                return score;
            }
        }
        return UNKNOWN;
    }
}
