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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Where one flow tells of another (data connections, media, names that DNS gave), several workers see the two; their
 * records are the same, in the same order, from one, two and four.
 */
final class ProtocolDeterminismTest {
    private static final int MOST_CAPTURES = 60;
    private static final int MOST_FRAMES = 5_000;
    private static final Pattern SIGNALLING = Pattern.compile("(?i)/[^/]*(t?ftp|sip|rtsp|dns|skype|h323)[^/]*$");

    @Test
    void shouldGiveTheSameRecordsOfFlowsThatTellOfOthers() {
        final List<TimedFrame> frames = SignallingTrace.frames(300);
        final List<String> one = of(frames, 1);
        assertTrue(one.stream().filter(line -> line.contains("\"event_type\":\"flow\"")).count() > 1_000, "few flows");
        assertEquals(one, of(frames, 2));
        assertEquals(one, of(frames, 4));
    }

    @Test
    void shouldGiveTheSameRecordsOfPublicCaptures() throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final List<CorpusManifest.Entry> entries = CorpusManifest.entries(corpus.get()).stream()
            .filter(entry -> SIGNALLING.matcher(entry.file().toString()).find())
            .filter(entry -> entry.frames() > 1 && entry.frames() < MOST_FRAMES).limit(MOST_CAPTURES).toList();
        assertTrue(entries.size() > 20, "only " + entries.size() + " captures");
        final List<String> wrong = new ArrayList<>();
        for (final CorpusManifest.Entry entry : entries) {
            final List<String> one = of(entry.file(), 1);
            if (!one.equals(of(entry.file(), 2)) || !one.equals(of(entry.file(), 4))) {
                wrong.add(entry.file().toString());
            }
        }
        assertEquals(List.of(), wrong);
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
