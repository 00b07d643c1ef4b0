package io.weir.rule.detect;

/** Numbers of rules that are to be asked, in ascending order. One thread; allocates nothing. */
final class Candidates {
    /** {@link #next}: there are no more. */
    static final int NONE = Integer.MAX_VALUE;

    private final long[] words;
    /** A bit for each word that is not 0. */
    private final long[] summary;
    private boolean empty = true;

    Candidates(final int rules) {
        words = new long[(rules >>> 6) + 1];
        summary = new long[(words.length >>> 6) + 1];
    }

    boolean isEmpty() {
        return empty;
    }

    void add(final int rule) {
        final int word = rule >>> 6;
        words[word] |= 1L << rule;
        summary[word >>> 6] |= 1L << word;
        empty = false;
    }

    void addAll(final int[] rules) {
        for (final int rule : rules) {
            add(rule);
        }
    }

    boolean contains(final int rule) {
        return (words[rule >>> 6] >>> rule & 1) != 0;
    }

    /** The first one at or after this number, or {@link #NONE}. */
    int next(final int from) {
        if (empty) {
            return NONE;
        }
        int word = from >>> 6;
        if (word >= words.length) {
            return NONE;
        }
        final long rest = words[word] & -1L << from;
        if (rest != 0) {
            return word << 6 | Long.numberOfTrailingZeros(rest);
        }
        word++;
        for (int i = word >>> 6; i < summary.length; i++) {
            final long left = i == word >>> 6 ? summary[i] & -1L << word : summary[i];
            if (left != 0) {
                final int found = i << 6 | Long.numberOfTrailingZeros(left);
                return found << 6 | Long.numberOfTrailingZeros(words[found]);
            }
        }
        return NONE;
    }

    void clear() {
        if (empty) {
            return;
        }
        for (int i = 0; i < summary.length; i++) {
            for (long left = summary[i]; left != 0; left &= left - 1) {
                words[i << 6 | Long.numberOfTrailingZeros(left)] = 0;
            }
            summary[i] = 0;
        }
        empty = true;
    }
}
