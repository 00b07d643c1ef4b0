package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.Json;
import io.weir.SharedFolder;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The streams of public captures against what two other tools made of them: where both agree and none is missing a
 * byte, weir must have the same bytes, but for the streams listed with the reason in {@code stream-misses.tsv}.
 */
class StreamTruthTest {
    private static final String MISSES = "/io/weir/reassembly/stream-misses.tsv";
    private static final int LEAST_REFERENCES = 4_000;
    private static final double LEAST_SHARE = 0.99;

    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();

    @Test
    void shouldReadTheBytesThatTwoOtherToolsRead() throws IOException {
        final Optional<Path> truth = SharedFolder.find("corpora/truth");
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(truth.isPresent() && corpus.isPresent(), "SKIPPED: no corpora in a shared folder");
        final long memoryBefore = NativeMemory.inUse();
        final Map<String, String> missed = new TreeMap<>();
        int references = 0;
        for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
            final String capture = corpus.get().relativize(entry.file()).toString();
            final List<ReferenceStream> expected = references(truth.get().resolve(capture + ".json.gz"));
            if (!expected.isEmpty()) {
                references += expected.size();
                compare(capture, expected, read(entry.file()), missed);
            }
        }
        assertTrue(references > LEAST_REFERENCES, "only " + references + " references");
        final Map<String, String> explained = explained();
        final List<String> wrong = new ArrayList<>();
        missed.forEach((stream, found) -> {
            if (!explained.containsKey(stream)) {
                wrong.add("not explained: " + stream + "\t" + found);
            }
        });
        explained.keySet().stream().filter(stream -> !missed.containsKey(stream))
            .forEach(stream -> wrong.add("explained, but no miss: " + stream));
        assertEquals(List.of(), wrong, () -> wrong.size() + " streams\n" + String.join("\n", wrong));
        assertTrue(missed.size() <= references * (1 - LEAST_SHARE), missed.size() + " of " + references + " missed");
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    /**
     * A conversation keeps no number across tools, so a stream is found by its endpoints; where those met several times
     * in a capture, by its bytes among all of theirs.
     */
    private static void compare(final String capture, final List<ReferenceStream> expected,
        final Map<String, List<DigestedStream>> streams, final Map<String, String> missed) {
        for (final ReferenceStream reference : expected) {
            final List<DigestedStream> candidates = streams.getOrDefault(reference.name(), List.of());
            final Optional<DigestedStream> equal = candidates.stream().filter(reference::isMetBy).findFirst();
            if (equal.isPresent()) {
                candidates.remove(equal.get());
            } else {
                missed.put(capture + "\t" + reference.label(), reference.bytes() + " bytes, found " + candidates);
            }
        }
    }

    private Map<String, List<DigestedStream>> read(final Path capture) {
        final Map<String, List<DigestedStream>> streams = new TreeMap<>();
        final StreamConsumers consumers = (flow, fromInitiator) -> {
            final DigestedStream stream = new DigestedStream();
            streams.computeIfAbsent(StreamNames.of(flow, fromInitiator), name -> new ArrayList<>()).add(stream);
            return stream;
        };
        try (FileSource source = FileSource.open(capture, 1); TcpStreams reassembly = new TcpStreams(consumers)) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    decoder.decode(frame);
                    reassembly.onFrame(frame);
                    source.release(frame.source, frame.block);
                }
            }
        } catch (final CaptureException e) {
            throw new AssertionError(capture.toString(), e);
        }
        return streams;
    }

    private static List<ReferenceStream> references(final Path file) throws IOException {
        final Map<String, Object> truth;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            truth = Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        final List<ReferenceStream> references = new ArrayList<>();
        if ("OK".equals(truth.get("load"))) {
            for (final Object stream : (List<?>) truth.get("streams")) {
                ReferenceStream.addTo(references, (Map<?, ?>) stream, "c", "client", "server");
                ReferenceStream.addTo(references, (Map<?, ?>) stream, "s", "server", "client");
            }
        }
        return references;
    }

    /** The misses that are understood: capture and stream, and the reason. */
    private static Map<String, String> explained() throws IOException {
        final Map<String, String> explained = new TreeMap<>();
        try (InputStream in = StreamTruthTest.class.getResourceAsStream(MISSES)) {
            final List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            for (final String line : lines) {
                if (!line.startsWith("#")) {
                    final int reason = line.lastIndexOf('\t');
                    explained.put(line.substring(0, reason), line.substring(reason + 1));
                }
            }
        }
        return explained;
    }
}
