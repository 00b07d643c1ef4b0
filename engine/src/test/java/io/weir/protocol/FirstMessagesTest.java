package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.catalogue.Protocols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every detector that the catalogue names says yes to something: {@code first-messages.tsv} has the least for each, and
 * says which of them want a port besides. The table of those in engine/README.md is the same.
 */
final class FirstMessagesTest {
    private static final String ANY = "any";
    private static final String MIDDLE = "middle";
    private static final int ODD_PORT = 7_777;
    private static final Path MANUAL = Path.of(System.getProperty("basedir", "."), "README.md");
    private static final String TABLE = "| Asked on their ports alone | |";

    /** A row of the table. */
    private record First(String protocol, boolean udp, String where, List<String> said) {
        private static First of(final String... row) {
            final String[] name = row[0].split("/");
            return new First(name[0], "udp".equals(name[1]), row[1], Arrays.asList(row).subList(2, row.length));
        }

        private boolean isBound() {
            return !ANY.equals(where) && !MIDDLE.equals(where);
        }

        private int port() {
            return isBound() ? Integer.parseInt(where) : ODD_PORT;
        }

        private Talk on(final int port) {
            final Talk talk = udp ? Talk.udp(port) : Talk.tcp(port);
            if (MIDDLE.equals(where)) {
                talk.midStream();
            }
            for (final String one : said) {
                final byte[] bytes = Sample.of(one.substring(2));
                if (one.startsWith("> ")) {
                    talk.client(bytes);
                } else {
                    talk.server(bytes);
                }
            }
            return talk;
        }

        @Override
        public String toString() {
            return protocol + (udp ? "/udp" : "/tcp");
        }
    }

    static List<First> all() throws IOException {
        return ReasonedTable.rows("first-messages.tsv", 3).stream().map(First::of).toList();
    }

    static List<First> bound() throws IOException {
        return all().stream().filter(First::isBound).toList();
    }

    @Test
    void shouldKnowAMessageForEveryDetector() throws IOException {
        final List<String> detectors = new ArrayList<>();
        for (final Protocol protocol : Protocols.all()) {
            for (final boolean udp : new boolean[] {false, true}) {
                if (protocol.detector(udp) != null) {
                    detectors.add(protocol.name() + (udp ? "/udp" : "/tcp"));
                }
            }
        }
        detectors.sort(null);
        assertEquals(detectors, all().stream().map(First::toString).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldSayYes(final First first) {
        final Talk talk = first.on(first.port());
        assertEquals(first.protocol, talk.protocol());
        assertTrue(Set.of(Confidence.CONTENT, Confidence.HANDSHAKE).contains(talk.confidence()),
            talk.confidence().toString());
    }

    @ParameterizedTest
    @MethodSource("bound")
    void shouldNotSayYesToTheSameElsewhere(final First first) {
        assertNotEquals(first.protocol, first.on(ODD_PORT).protocol());
    }

    @Test
    void shouldKnowWhatTheCatalogueBindsToPorts() throws IOException {
        final Set<String> bound = bound().stream().map(First::toString).collect(Collectors.toSet());
        final Set<String> byCatalogue = Protocols.all().stream().filter(protocol -> protocol.isOnlyOnPorts(true))
            .map(protocol -> protocol.name() + "/udp").collect(Collectors.toCollection(TreeSet::new));
        assertFalse(byCatalogue.isEmpty());
        byCatalogue.removeAll(bound);
        assertEquals(Set.of(), byCatalogue, "say yes on any port");
    }

    @Test
    void shouldSayInTheManualWhichWantTheirPort() throws IOException {
        final List<String> lines = Files.readAllLines(MANUAL);
        final int at = lines.indexOf(TABLE);
        assertTrue(at > 0, TABLE);
        final Set<String> listed = new TreeSet<>();
        for (final String row : lines.subList(at + 2, lines.size())) {
            if (!row.startsWith("| ")) {
                break;
            }
            final String[] cells = row.split(" ?\\| ?");
            assertTrue(cells.length == 3 && !cells[2].isBlank(), row);
            listed.addAll(List.of(cells[1].split(", ")));
        }
        assertEquals(bound().stream().map(First::toString).collect(Collectors.toCollection(TreeSet::new)), listed);
    }
}
