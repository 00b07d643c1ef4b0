package io.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages say there is, there is. */
final class ReadmeTest {
    private static final Path TOP =
        Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();
    private static final List<String> PAGES = List.of("README.md", "engine/README.md", "docs/rules.md");
    /** Numbers of protocols and applications, with the words that say of which. */
    private static final Pattern COUNTS =
        Pattern.compile("(more than )?\\b(\\d[\\d,]*) (are recognised by|protocols|services|applications)\\b");
    private static final Map<String, String> KINDS = Map.of("are recognised by", "protocols", "protocols", "protocols",
        "services", "applications", "applications", "applications");

    @Test
    void shouldHaveAsManyProtocolsAndApplicationsAsThePagesSay() throws IOException {
        final Map<String, Integer> counts = Map.of("protocols", Protocols.all().size(),
            "applications", ApplicationTable.standard().all().size());
        final Set<String> said = new TreeSet<>();
        for (final String page : PAGES) {
            final String text = Files.readString(TOP.resolve(page)).replaceAll("\\s+", " ");
            final Matcher matcher = COUNTS.matcher(text);
            while (matcher.find()) {
                final String kind = KINDS.get(matcher.group(3));
                final int number = Integer.parseInt(matcher.group(2).replace(",", ""));
                final int there = counts.get(kind);
                assertTrue(matcher.group(1) == null ? there == number : there > number,
                    page + " says " + matcher.group() + ", and there are " + there);
                said.add(page + ": " + kind);
            }
        }
        assertEquals(Set.of("README.md: applications", "README.md: protocols"), said);
    }
}
