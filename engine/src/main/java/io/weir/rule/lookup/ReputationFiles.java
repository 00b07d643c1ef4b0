package io.weir.rule.lookup;

import io.weir.packet.Network;
import io.weir.rule.match.Reputations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads reputations as Suricata has them: a file of categories, {@code NUMBER,NAME,DESCRIPTION} in each line, and files
 * of scores, {@code ADDRESS,NUMBER,SCORE}, where an address may be a network. Lines that begin with # are left out. One
 * thread.
 */
public final class ReputationFiles {
    /** The greatest number of a category. */
    static final int MOST_CATEGORY = 60;

    private static final int MOST_ENTRIES = 4_000_000;
    private static final int MOST_FAULTS = 5;

    private final Map<String, Integer> categories = new HashMap<>();
    private final List<ReputationTable.Entry> entries = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private ReputationFiles() {
    }

    /** Takes a line apart. */
    private interface Line {
        void take(String[] parts);
    }

    /**
     * Reads a file of categories and files of scores.
     *
     * @throws IOException              if one cannot be read
     * @throws IllegalArgumentException with the first faults, each with file and line; nothing may be used then
     */
    public static Reputations read(final Path categories, final List<Path> scores) throws IOException {
        final ReputationFiles read = new ReputationFiles();
        read.file(categories, read::category);
        for (final Path file : scores) {
            read.file(file, read::score);
        }
        if (!read.faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", read.faults));
        }
        return new ReputationTable(read.categories, read.entries);
    }

    private void file(final Path file, final Line taker) throws IOException {
        int number = 0;
        for (final String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            number++;
            final String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                taker.take(text.split("\\s*,\\s*", 3));
            } catch (final IllegalArgumentException e) {
                if (faults.size() < MOST_FAULTS) {
                    faults.add(file + ":" + number + ": " + e.getMessage());
                }
            }
        }
    }

    private void category(final String[] parts) {
        if (parts.length < 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException("a category is NUMBER,NAME,DESCRIPTION");
        }
        categories.put(parts[1], number(parts[0], 1, MOST_CATEGORY, "number of a category"));
    }

    private void score(final String[] parts) {
        if (parts.length < 3) {
            throw new IllegalArgumentException("a reputation is ADDRESS,CATEGORY,SCORE");
        }
        if (entries.size() == MOST_ENTRIES) {
            throw new IllegalArgumentException("there are more than " + MOST_ENTRIES + " reputations");
        }
        entries.add(new ReputationTable.Entry(number(parts[1], 1, MOST_CATEGORY, "number of a category"),
            Network.parse(parts[0]), number(parts[2], 0, Reputations.MOST, "score")));
    }

    private static int number(final String text, final int least, final int most, final String what) {
        final int number = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException('"' + text + "\" is no " + what + ", which is " + least + " to " + most);
        }
        return number;
    }
}
