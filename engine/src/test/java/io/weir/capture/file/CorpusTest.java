package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.SharedFolder;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every public capture in the shared folder: frame counts as in its manifest, nothing thrown. */
class CorpusTest {
    /** Files of which another number of frames is right than the manifest's reader counted. */
    private static final Map<String, Integer> OTHER_COUNT = Map.of(
        // One record header at byte 5035 is damaged; seven good records stand behind it.
        "bug-1450-04/tls_DER-incomplete-header.pcap", 13,
        // The third packet lies in a section of version 2, which no reader can know; the vectors say two as well.
        "be/test901.pcapng", 2,
        "le/test901.pcapng", 2);

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
        final Optional<Path> corpus = SharedFolder.find("corpora/dev");
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        final List<String> lines = Files.readAllLines(corpus.get().resolve("MANIFEST.tsv"));
        final List<String> columns = List.of(lines.get(0).split("\t"));
        final int file = columns.indexOf("file");
        final int packets = columns.indexOf("packets");
        final int notes = columns.indexOf("reader_notes");
        final List<String> wrong = new ArrayList<>();
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split("\t");
            final int expected = OTHER_COUNT.entrySet().stream()
                .filter(e -> cells[file].endsWith(e.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse(Integer.valueOf(cells[packets]));
            final CaptureStatistics statistics = new CaptureStatistics();
            final long frames = count(corpus.get().resolve(cells[file]), statistics);
            final boolean intact = "-".equals(cells[notes]) && DAMAGED.stream().noneMatch(cells[file]::endsWith);
            if (frames != expected || intact && !statistics.damages.isEmpty()) {
                wrong.add(cells[file] + ": " + frames + " frames instead of " + expected + ", manifest "
                    + cells[notes] + ", " + statistics.damages);
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
