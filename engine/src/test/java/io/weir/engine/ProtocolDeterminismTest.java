package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.InspectedTrace;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.protocol.SignallingTrace;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Where one flow tells of another (data connections, media, names that DNS gave), several workers see the two; their
 * records are the same, in the same order, from one, two and four.
 */
final class ProtocolDeterminismTest {
    private static final int MOST_FRAMES = 5_000;
    /** What tells of other flows, in Wireshark's names, and how many captures with it are read. */
    private static final Map<String, Integer> SIGNALLING = Map.of("ftp", 14, "tftp", 3, "sip", 14, "rtsp", 4, "dns", 8);

    @Test
    void shouldGiveTheSameRecordsOfFlowsThatTellOfOthers() {
        final List<TimedFrame> frames = SignallingTrace.frames(300);
        final List<String> one = of(frames, 1);
        assertTrue(one.stream().filter(line -> line.contains("\"event_type\":\"flow\"")).count() > 1_000, "few flows");
        for (final String told : List.of("\"app_proto\":\"ftp-data\"", "\"app_proto\":\"tftp\"",
            "\"confidence\":\"expected\"", "\"event_type\":\"ftp_data\"", "\"application\":\"youtube\"")) {
            assertTrue(one.stream().filter(line -> line.contains(told)).count() > 200, "few records with " + told);
        }
        assertEquals(one, of(frames, 2));
        assertEquals(one, of(frames, 4));
    }

    @Test
    void shouldGiveTheSameRecordsOfPublicCaptures() throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final Set<Path> captures = captures(CorpusManifest.entries(corpus.get()));
        assertTrue(captures.size() > 30, "only " + captures.size() + " captures");
        final List<String> wrong = new ArrayList<>();
        final Set<String> untold = new TreeSet<>(List.of("\"app_proto\":\"ftp-data\"", "\"app_proto\":\"tftp\"",
            "\"app_proto\":\"sip\"", "\"confidence\":\"expected\"", "\"event_type\":\"dns\""));
        for (final Path capture : captures) {
            final List<String> one = of(capture, 1);
            untold.removeIf(told -> one.stream().anyMatch(line -> line.contains(told)));
            if (!one.equals(of(capture, 2)) || !one.equals(of(capture, 4))) {
                wrong.add(capture.toString());
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(Set.of(), untold, "none of the records");
    }

    private static Set<Path> captures(final List<CorpusManifest.Entry> entries) {
        final Set<Path> captures = new LinkedHashSet<>();
        SIGNALLING.forEach((protocol, most) -> entries.stream()
            .filter(entry -> entry.protocols().contains(protocol) && entry.frames() > 1
                && entry.frames() < MOST_FRAMES)
            .limit(most).forEach(entry -> captures.add(entry.file())));
        return captures;
    }

    private static List<String> of(final List<TimedFrame> frames, final int workers) {
        try (MemorySource source = new MemorySource(frames, 8, 64, false)) {
            return InspectedTrace.of(source, workers, ApplicationTable.standard()).records();
        }
    }

    private static List<String> of(final Path capture, final int workers) {
        return InspectedTrace.of(capture, workers, ApplicationTable.standard()).records();
    }
}
