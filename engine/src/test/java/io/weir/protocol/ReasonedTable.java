package io.weir.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of a table beside the tests: cells between tabulators, lines with a number sign in front left out. */
final class ReasonedTable {
    private ReasonedTable() {
    }

    /** Rows of a resource of this package, each with at least so many cells. */
    static List<String[]> rows(final String name, final int cells) throws IOException {
        final List<String[]> rows = new ArrayList<>();
        try (InputStream in = ReasonedTable.class.getResourceAsStream("/io/weir/protocol/" + name)) {
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    final String[] row = line.split("\t", -1);
                    if (row.length < cells) {
                        throw new IOException(name + ": too few cells: " + line);
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}
