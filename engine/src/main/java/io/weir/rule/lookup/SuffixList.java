package io.weir.rule.lookup;

import io.weir.rule.match.PublicSuffixes;
import io.weir.rule.match.ValueSet;
import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads the list of public suffixes, https://publicsuffix.org/list, as {@code public_suffix_list.dat}. */
public final class SuffixList {
    private static final int MOST = 100_000;

    private SuffixList() {
    }

    /**
     * Reads it.
     *
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if a line is no name, with its place
     */
    public static PublicSuffixes read(final Path file) throws IOException {
        final ValueSet rules = new ValueSet(MOST);
        final ValueSet parents = new ValueSet(MOST);
        final ValueSet exceptions = new ValueSet(MOST);
        int number = 0;
        for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            final String text = line.strip().split("\\s", 2)[0];
            if (text.isEmpty() || text.startsWith("//")) {
                continue;
            }
            try {
                if (text.startsWith("!")) {
                    exceptions.add(name(text.substring(1)));
                } else if (text.startsWith("*.")) {
                    parents.add(name(text.substring(2)));
                } else {
                    rules.add(name(text));
                }
            } catch (final IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + number + ": no name of a domain: " + text, e);
            }
        }
        return new PublicSuffixes(rules, parents, exceptions);
    }

    /** As it is on the wire. */
    private static byte[] name(final String text) {
        return IDN.toASCII(text).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
