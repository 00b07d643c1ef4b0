package io.weir.base;

import java.util.Collection;
import java.util.Locale;

/** Finds the word somebody probably meant. */
public final class Nearest {
    private Nearest() {
    }

    /** The candidate closest to {@code word}, or null if none is close. */
    public static String of(final String word, final Collection<String> candidates) {
        String nearest = null;
        int least = Math.max(2, word.length() / 3) + 1;
        final String wanted = word.toLowerCase(Locale.ROOT);
        for (final String candidate : candidates) {
            final int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Edits that turn one word into the other: insertions, deletions, replacements, swaps of neighbours. */
    static int distance(final String a, final String b) {
        final int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 ? j : j == 0 ? i : cheapest(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int cheapest(final int[][] table, final String a, final String b, final int i, final int j) {
        final int replace = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
            least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        return least;
    }
}
