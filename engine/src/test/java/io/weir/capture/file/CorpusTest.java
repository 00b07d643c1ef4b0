package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every public capture in the shared folder: frame counts as in its manifest, nothing thrown. */
class CorpusTest {
    /** Files whose damage the manifest does not mention. */
    private static final Set<String> DAMAGED = Set.of(
        // Ends with a few bytes that are no block.
        "ztests/extra.pcapng",
        // A section of an unknown version.
        "be/test901.pcapng", "le/test901.pcapng",
        // Blocks do not repeat their length at their end.
        "tests/shb-option-too-long.pcapng");

    @Test
    void shouldReadAsManyFramesAsTheManifestCounts() throws IOException {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final List<String> wrong = new ArrayList<>();
        for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
            final CaptureStatistics statistics = new CaptureStatistics();
            final long frames = count(entry.file(), statistics);
            final boolean intact =
                "-".equals(entry.notes()) && DAMAGED.stream().noneMatch(entry.file().toString()::endsWith);
            if (frames != entry.frames() || intact && !statistics.damages.isEmpty()) {
                wrong.add(entry.file() + ": " + frames + " frames instead of " + entry.frames() + ", manifest "
                    + entry.notes() + ", " + statistics.damages);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.FILE_BLOCKS));
    }

    private static long count(final Path path, final CaptureStatistics statistics) {
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(path, 1)) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    assertTrue(frame.capturedLength >= 0);
                    source.release(0, frame.block);
                }
            }
            source.statistics(statistics);
            assertEquals(statistics.bytesTotal, statistics.bytesRead, () -> path + " was not read to its end");
        }
        return statistics.received;
    }
}
