package io.weir.rule.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.SharedFolder;
import io.weir.base.NativeMemory;
import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contents of public signatures over every payload of every public capture: both libraries say the same. */
class PatternCorpusTest {
    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();
    private final List<String> wrong = new ArrayList<>();
    private long payloads;
    private long matches;

    @Test
    void shouldAgreeOnEveryPayloadAsBlockAndAsPieceOfAStream() throws IOException {
        final Optional<Path> signatures = SharedFolder.find("rules/et-1000.rules");
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(signatures.isPresent() && corpus.isPresent(),
            "SKIPPED: no rules and corpora/dev in a shared folder beside the checkout");
        assumeTrue(PatternLibrary.hyperscanAbsence() == null, () -> "SKIPPED: " + PatternLibrary.hyperscanAbsence());
        final long memoryBefore = NativeMemory.inUse();
        final PatternSet set = SignatureContents.read(signatures.get());
        assertTrue(set.size() > 1000, set.size() + " patterns");
        try (Side hyperscan = new Side(PatternLibrary.choose(PatternLibrary.Choice.HYPERSCAN), set);
            Side java = new Side(PatternLibrary.choose(PatternLibrary.Choice.JAVA), set)) {
            for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
                compare(entry.file(), hyperscan, java);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(payloads > 50_000, payloads + " payloads");
        assertTrue(matches > 100_000, matches + " matches");
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private void compare(final Path file, final Side hyperscan, final Side java) {
        hyperscan.begin();
        java.begin();
        try (FileSource source = FileSource.open(file, 1)) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    decoder.decode(frame);
                    if (frame.payloadLength > 0) {
                        payloads++;
                        final long address = frame.address + frame.payloadOffset;
                        if (hyperscan.scan(address, frame.payloadLength) != java.scan(address, frame.payloadLength)
                            && wrong.size() < 20) {
                            wrong.add(file + ", payload of " + frame.payloadLength + " bytes");
                        }
                        matches += java.matches;
                    }
                    source.release(0, frame.block);
                }
            }
        }
    }

    /** One library with both of its databases. */
    private static final class Side implements AutoCloseable {
        private final PatternDatabase blocks;
        private final PatternDatabase pieces;
        private final PatternStreams streams;
        private final PatternScanner scanner;
        private final int stream;
        private int matches;

        Side(final PatternLibrary library, final PatternSet set) {
            blocks = library.compile(set, ScanMode.BLOCK);
            pieces = library.compile(set, ScanMode.STREAM);
            streams = library.streams(pieces, 1);
            scanner = library.scanner();
            scanner.prepare(blocks);
            scanner.prepare(pieces);
            stream = streams.open();
        }

        void begin() {
            streams.reset(stream);
        }

        /** A number that depends on all matches, as block and as piece, but not on their order. */
        long scan(final long address, final int length) {
            scanner.clear();
            scanner.add(blocks, address, length);
            scanner.add(streams, stream, address, length);
            matches = 0;
            long sum = 0;
            do {
                final int count = scanner.scan();
                matches += count;
                for (int i = 0; i < count; i++) {
                    final long match = scanner.end(i) << 24 ^ scanner.pattern(i) << 1 ^ scanner.job(i);
                    sum += (match ^ match >>> 31) * 0x9E37_79B9_7F4A_7C15L;
                }
            } while (scanner.pending() > 0);
            return sum;
        }

        @Override
        public void close() {
            scanner.close();
            streams.close();
            blocks.close();
            pieces.close();
        }
    }
}
