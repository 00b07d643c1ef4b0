package io.weir.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of words under each other, each column as wide as its widest word, the last one as it is. */
final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    /** Begins with the names of the columns. */
    Columns(final String... names) {
        rows.add(names);
    }

    /** Adds a row, with a word for each column. */
    Columns row(final String... words) {
        rows.add(words);
        return this;
    }

    /** Prints all rows. */
    void print(final PrintWriter out) {
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(i + 1 < row.length ? widths[i] - row[i].length() + 2 : 0));
            }
            out.println(line);
        }
    }
}
