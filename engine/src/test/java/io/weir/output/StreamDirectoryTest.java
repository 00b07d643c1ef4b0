package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.WorkerParts;
import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.EventType;
import io.weir.event.StreamEvent;
import io.weir.packet.PacketBuilder;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamDirectoryTest {
    private static final String FIRST = "192.0.2.1.40000-192.0.2.2.80";

    @TempDir
    private Path parent;

    private final WorkerParts worker = new WorkerParts();
    private final StreamEvent event = new StreamEvent();

    @AfterEach
    void shouldGiveMemoryBack() {
        worker.close();
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.OUTPUT));
    }

    private Path directory() {
        return parent.resolve("streams");
    }

    private StreamSink sink(final StreamDirectory streams) {
        return streams.sink(0, worker.flows, worker.ring, worker.counters);
    }

    /** Number of the stream that a connection's first packet begins. */
    private long stream(final String source, final int from, final String destination, final int to) {
        final PacketBuilder packet = source.indexOf(':') < 0 ? PacketBuilder.ethernet().ipv4(source, destination)
            : PacketBuilder.ethernet().ipv6(source, destination);
        final long handle = worker.put(packet.tcp(from, to).payload("x"));
        return handle << 1 | (worker.frame.fromUpper ? 1 : 0);
    }

    private long firstStream() {
        return stream("192.0.2.1", 40_000, "192.0.2.2", 80);
    }

    private static void write(final StreamSink sink, final long stream, final String text) {
        write(sink, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(final StreamSink sink, final long stream, final byte... bytes) {
        sink.data(stream, new UnsafeBuffer(bytes), 0, bytes.length, 0, WorkerParts.START_NS);
    }

    private static void end(final StreamSink sink, final long stream) {
        sink.end(stream, StreamEnd.FIN, WorkerParts.START_NS);
    }

    private List<Map<String, Object>> index(final StreamDirectory streams) throws IOException {
        for (int body = worker.ring.peek(); body >= 0; body = worker.ring.peek()) {
            assertEquals(EventType.STREAM, worker.ring.type(body));
            streams.index().stream(event.wrap(worker.ring.buffer(), body));
            worker.ring.advance();
        }
        streams.close();
        final List<Map<String, Object>> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(directory().resolve("streams.jsonl"))) {
            lines.add(Json.object(line));
        }
        return lines;
    }

    private static String sha256(final byte[] bytes) throws NoSuchAlgorithmException {
        final StringBuilder hex = new StringBuilder();
        for (final byte b : MessageDigest.getInstance("SHA-256").digest(bytes)) {
            hex.append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }
        return hex.toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldWriteBytesWithoutGapsAndALineForEachStream() throws IOException, NoSuchAlgorithmException {
        final StreamDirectory streams = new StreamDirectory(directory(), 10, 1);
        final StreamSink sink = sink(streams);
        final long stream = firstStream();
        write(sink, stream, "hello ");
        sink.gap(stream, 6, 100, WorkerParts.START_NS + 1);
        write(sink, stream, "world");
        end(sink, stream);
        assertEquals(List.of(Map.of("src_ip", "192.0.2.1", "src_port", 40_000, "dest_ip", "192.0.2.2", "dest_port", 80,
            "start", "2023-11-14T22:13:20.000000+0000", "bytes", 11, "gap_bytes", 100,
            "sha256", sha256("hello world".getBytes(StandardCharsets.UTF_8)), "file", FIRST)), index(streams));
        assertEquals("hello world", Files.readString(directory().resolve(FIRST)));
        for (final String name : names()) {
            assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory().resolve(name))), name);
        }
        assertEquals(1, worker.count(Counter.STREAM_FILES));
        assertNull(streams.failure());
    }

    @Test
    void shouldNumberFurtherStreamsOfTheSameEndpointsFromTwo() throws IOException {
        final StreamDirectory streams = new StreamDirectory(directory(), 10, 1);
        final StreamSink sink = sink(streams);
        for (int i = 0; i < 3; i++) {
            final long stream = firstStream();
            write(sink, stream, "stream " + i);
            end(sink, stream);
        }
        final long answer = stream("2001:db8::2", 80, "2001:db8::1", 40_000);
        write(sink, answer, "6");
        end(sink, answer);
        final List<String> expected = List.of(FIRST, FIRST + "-2", FIRST + "-3", "2001:db8::2.80-2001:db8::1.40000");
        assertEquals(expected, index(streams).stream().map(line -> line.get("file")).toList());
        assertEquals("stream 2", Files.readString(directory().resolve(FIRST + "-3")));
    }

    @Test
    void shouldListAStreamOfNothingButGapsWithAnEmptyFile() throws IOException {
        final StreamDirectory streams = new StreamDirectory(directory(), 10, 1);
        final StreamSink sink = sink(streams);
        final long stream = firstStream();
        sink.gap(stream, 0, 5_000_000_000L, WorkerParts.START_NS);
        end(sink, stream);
        final Map<String, Object> line = index(streams).get(0);
        assertEquals(5_000_000_000L, line.get("gap_bytes"));
        assertEquals(0, line.get("bytes"));
        assertEquals(0, Files.size(directory().resolve(FIRST)));
    }

    @Test
    void shouldWriteManyStreamsAtOnceThroughFewOpenFiles() throws IOException, NoSuchAlgorithmException {
        final long seed = 7;
        final Random random = new Random(seed);
        final int count = 2_000;
        final StreamDirectory streams = new StreamDirectory(directory(), count, 1, 3);
        final StreamSink sink = sink(streams);
        final long[] numbers = new long[count];
        final ByteArrayOutputStream[] expected = new ByteArrayOutputStream[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = stream("192.0.2.1", 1 + i, "192.0.2.2", 80);
            expected[i] = new ByteArrayOutputStream();
        }
        for (int i = 0; i < 4 * count; i++) {
            final int chosen = random.nextInt(count);
            final byte[] bytes = new byte[1 + random.nextInt(i % 100 == 0 ? 200_000 : 100)];
            random.nextBytes(bytes);
            write(sink, numbers[chosen], bytes);
            expected[chosen].write(bytes);
        }
        int written = 0;
        for (int i = 0; i < count; i++) {
            end(sink, numbers[i]);
            written += expected[i].size() > 0 ? 1 : 0;
        }
        final List<Map<String, Object>> lines = index(streams);
        assertEquals(written, lines.size(), "seed " + seed);
        for (final Map<String, Object> line : lines) {
            final byte[] bytes = expected[(int) line.get("src_port") - 1].toByteArray();
            final String file = (String) line.get("file");
            assertArrayEquals(bytes, Files.readAllBytes(directory().resolve(file)), file + ", seed " + seed);
            assertEquals(sha256(bytes), line.get("sha256"), file + ", seed " + seed);
        }
        assertEquals(written + 1, names().size());
    }

    @Test
    void shouldCountStreamsBeyondTheMostFiles() throws IOException {
        final StreamDirectory streams = new StreamDirectory(directory(), 2, 1);
        final StreamSink sink = sink(streams);
        for (int port = 1; port <= 5; port++) {
            final long stream = stream("192.0.2.1", port, "192.0.2.2", 80);
            write(sink, stream, "a");
            write(sink, stream, "b");
            end(sink, stream);
        }
        assertEquals(2, index(streams).size());
        assertEquals(3, names().size());
        assertEquals(3, worker.count(Counter.STREAM_FILES_LEFT_OUT));
    }

    @Test
    void shouldFollowNoLinkAndOverwriteNothing() throws IOException {
        final StreamDirectory streams = new StreamDirectory(directory(), 10, 1);
        final StreamSink sink = sink(streams);
        final Path victim = Files.writeString(parent.resolve("victim"), "precious");
        Files.createSymbolicLink(directory().resolve(FIRST), victim);
        Files.writeString(directory().resolve(FIRST + "-2"), "somebody's");
        for (int i = 0; i < 2; i++) {
            final long stream = firstStream();
            write(sink, stream, "attack");
            end(sink, stream);
        }
        assertEquals(List.of(), index(streams));
        assertEquals("precious", Files.readString(victim));
        assertEquals("somebody's", Files.readString(directory().resolve(FIRST + "-2")));
        assertEquals(2, worker.count(Counter.STREAM_FILES_DAMAGED));
        assertNotNull(streams.failure());
    }

    @Test
    void shouldNotGoOnInAFileThatSomebodyChangedOrReplacedByALink() throws IOException {
        final StreamDirectory streams = new StreamDirectory(directory(), 10, 1, 1);
        final StreamSink sink = sink(streams);
        final Path victim = Files.writeString(parent.resolve("victim"), "a");
        final long[] numbers = new long[3];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = stream("192.0.2.1", 1 + i, "192.0.2.2", 80);
            write(sink, numbers[i], "a");
        }
        final Path first = directory().resolve("192.0.2.1.1-192.0.2.2.80");
        Files.delete(first);
        Files.createSymbolicLink(first, victim);
        Files.writeString(directory().resolve("192.0.2.1.2-192.0.2.2.80"), "changed");
        for (final long number : numbers) {
            write(sink, number, "b");
            write(sink, number, "c");
            end(sink, number);
        }
        assertEquals(List.of(1, 1, 3), index(streams).stream().map(line -> line.get("bytes")).toList());
        assertEquals("a", Files.readString(victim));
        assertEquals(2, worker.count(Counter.STREAM_FILES_DAMAGED));
    }

    @Test
    void shouldRefuseADirectoryThatHoldsSomething() throws IOException {
        Files.createDirectories(directory());
        assertFalse(StreamDirectory.isUsed(directory()));
        Files.createFile(directory().resolve("x"));
        assertTrue(StreamDirectory.isUsed(directory()));
        assertThrows(FileSystemException.class, () -> new StreamDirectory(directory(), 10, 1));
        final Path file = Files.createFile(parent.resolve("file"));
        assertThrows(FileSystemException.class, () -> new StreamDirectory(file, 10, 1));
    }

    @Test
    void shouldCloseWhatIsStillOpen() throws IOException {
        try (StreamDirectory streams = new StreamDirectory(directory(), 10, 1)) {
            write(sink(streams), firstStream(), "unfinished");
        }
        assertEquals("unfinished", Files.readString(directory().resolve(FIRST)));
    }
}
