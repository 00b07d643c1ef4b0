package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.SharedFolder;
import io.weir.capture.CaptureException;
import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.protocol.Watcher;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.protocol.classify.FlowPlayer;
import io.weir.reassembly.StreamConsumer;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.TcpStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * Responses made so that inspection misses what browsers read: each carries the same test file, packed and framed in
 * another odd way. Captures of the public suite, if the shared folder has them.
 */
final class HttpEvaderTest {
    private static final String FOLDER = "corpora/dev/pcap/OISF+suricata-verify/tests/http-evader";
    /** LZMA is not a coding of HTTP, and no browser undoes it. */
    private static final List<String> MISSED = List.of("http-evader-116-lzma");
    private static final String CONTENT = "X5O!P%@AP[4";
    private static final String NAME = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

    @Test
    void shouldReadWhatBrowsersRead() throws IOException, CaptureException {
        final Optional<Path> folder = SharedFolder.find(FOLDER);
        assumeTrue(folder.isPresent(), "SKIPPED: no captures in a shared folder");
        final List<Path> captures;
        try (Stream<Path> files = Files.list(folder.get())) {
            captures = files.sorted().toList();
        }
        final List<String> missed = new ArrayList<>();
        final Watcher watcher = Watcher.of(io.weir.protocol.file.Files.DATA);
        try (FlowPlayer player = new FlowPlayer(new ClassifierContext().codingLayers(3)).keepingRecords()
            .watchedBy(watcher)) {
            for (final Path capture : captures) {
                watcher.clear();
                play(capture.resolve("input.pcap"), player);
                player.end();
                final boolean read = watcher.told().stream()
                    .anyMatch(told -> told.contains(CONTENT) && told.contains(NAME));
                final boolean recorded = player.records().stream()
                    .filter(record -> record.matches(".*\"filename\":\"[^\"]*eicar\\.txt.*"))
                    .filter(record -> record.contains("\"http_method\":\"GET\"")).count() == 1;
                if (!read || !recorded) {
                    missed.add(capture.getFileName().toString());
                }
            }
        }
        assertEquals(MISSED, missed);
    }

    private static void play(final Path capture, final FlowPlayer player) throws CaptureException {
        final Decoder decoder = new Decoder();
        final Frame frame = new Frame();
        player.tcp(40000, 80, false);
        try (FileSource source = FileSource.open(capture, FileSource.DEFAULT_BLOCKS);
            TcpStreams streams = new TcpStreams((flow, fromInitiator) -> new Player(player, fromInitiator))) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    decoder.decode(frame);
                    streams.onFrame(frame);
                    source.release(frame.source, frame.block);
                }
            }
        }
    }

    /** Plays one direction. */
    private record Player(FlowPlayer player, boolean fromClient) implements StreamConsumer {
        @Override
        public void data(final DirectBuffer buffer, final int offset, final int length, final long streamOffset,
            final long timestampNs) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            player.says(fromClient, bytes);
        }

        @Override
        public void gap(final long length) {
            player.gap(fromClient, length);
        }

        @Override
        public void end(final StreamEnd reason) {
            player.closes(fromClient);
        }
    }
}
