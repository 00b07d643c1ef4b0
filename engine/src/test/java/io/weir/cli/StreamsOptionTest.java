package io.weir.cli;

import static io.weir.cli.TcpCapture.ACK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.cli.demo.DemoCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class StreamsOptionTest {
    private static final String REQUEST = "192.0.2.1.40000-198.51.100.2.80";
    private static final String ANSWER = "198.51.100.2.80-192.0.2.1.40000";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int weir(final Object... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter(), true));
        commandLine.setErr(new PrintWriter(err, true));
        final String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return commandLine.execute(words);
    }

    private Path streams() {
        return directory.resolve("streams");
    }

    private static List<Map<String, Object>> lines(final Path file) throws IOException {
        final List<Map<String, Object>> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(file)) {
            lines.add(Json.object(line));
        }
        return lines;
    }

    private static List<String> names(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldWriteWhatEachSideRead() throws IOException {
        final Path capture = new TcpCapture().open(40_000)
            .client(40_000, ACK, 1_001 + 5, 5_001, "GHT ")
            .client(40_000, ACK, 1_001, 5_001, "STRAI")
            .client(40_000, ACK, 1_001 + 5, 5_001, "GHT ON")
            .server(40_000, ACK, 5_001, 1_001 + 11, "yes")
            .server(40_000, ACK, 5_001 + 10, 1_001 + 11, "no")
            .client(40_000, ACK, 1_001 + 11, 5_001 + 12, "")
            .close(40_000, 1_001 + 11, 5_001 + 12)
            .write(directory.resolve("a.pcap"));
        assertEquals(ExitStatus.DONE, weir("read", "-q", "--streams", streams(), capture), err::toString);
        assertEquals(List.of(REQUEST, ANSWER, "streams.jsonl"), names(streams()));
        assertEquals("STRAIGHT ON", Files.readString(streams().resolve(REQUEST)));
        assertEquals("yesno", Files.readString(streams().resolve(ANSWER)));
        final List<Map<String, Object>> lines = lines(streams().resolve("streams.jsonl"));
        assertEquals(List.of("src_ip", "src_port", "dest_ip", "dest_port", "start", "bytes", "gap_bytes", "sha256",
            "file"), List.copyOf(lines.get(0).keySet()));
        final Map<String, Object> answer = lines.stream().filter(line -> line.get("file").equals(ANSWER)).findFirst()
            .orElseThrow();
        assertEquals(5, answer.get("bytes"));
        assertEquals(7, answer.get("gap_bytes"));
        assertEquals("2023-11-14T22:13:20.006000+0000", answer.get("start"));
    }

    @Test
    void shouldWriteTheSameWhateverTheNumberOfWorkers() throws IOException {
        final Path capture = directory.resolve("demo.pcapng");
        DemoCapture.write(capture);
        assertEquals(ExitStatus.DONE, weir("read", "-q", "--streams", streams(), capture), err::toString);
        assertTrue(names(streams()).size() > 10, "the demo has streams");
        for (final int workers : new int[] {2, 4}) {
            final Path other = directory.resolve("streams-" + workers);
            assertEquals(ExitStatus.DONE, weir("read", "-q", "-w", workers, "--streams", other, capture),
                err::toString);
            assertEquals(names(streams()), names(other));
            for (final String name : names(other)) {
                assertArrayEquals(Files.readAllBytes(streams().resolve(name)),
                    Files.readAllBytes(other.resolve(name)), name);
            }
        }
    }

    @Test
    void shouldNumberConnectionsOfTheSameEndpoints() throws IOException {
        final TcpCapture capture = new TcpCapture();
        for (int i = 1; i <= 3; i++) {
            // Hosts take a new connection up before the old one's time is over if its numbers are beyond the old ones.
            capture.shift(i * 100_000L).open(40_000).client(40_000, ACK, 1_001, 5_001, "call " + i)
                .close(40_000, 1_007, 5_001);
        }
        weir("read", "-q", "--streams", streams(), capture.write(directory.resolve("a.pcap")));
        assertEquals(List.of(REQUEST, REQUEST + "-2", REQUEST + "-3", "streams.jsonl"), names(streams()));
        assertEquals("call 3", Files.readString(streams().resolve(REQUEST + "-3")));
    }

    @Test
    void shouldStartAfreshForEachFile() throws IOException {
        final TcpCapture capture = new TcpCapture().open(40_000).client(40_000, ACK, 1_001, 5_001, "call")
            .close(40_000, 1_005, 5_001);
        final Path first = capture.write(directory.resolve("a.pcap"));
        final Path second = capture.write(Files.createDirectory(directory.resolve("x")).resolve("a.pcap"));
        assertEquals(ExitStatus.DONE, weir("read", "-q", "--each", "--streams", streams(), first, second),
            err::toString);
        assertEquals(List.of("a.pcap", "a.pcap-2"), names(streams()));
        assertEquals("call", Files.readString(streams().resolve("a.pcap").resolve(REQUEST)));
        assertEquals("call", Files.readString(streams().resolve("a.pcap-2").resolve(REQUEST)));
    }

    @Test
    void shouldRefuseADirectoryThatHoldsSomethingOrCannotBeMade() throws IOException {
        final Path capture = new TcpCapture().open(40_000).write(directory.resolve("a.pcap"));
        Files.createFile(Files.createDirectory(streams()).resolve("x"));
        assertEquals(ExitStatus.USAGE, weir("read", "--streams", streams(), capture));
        assertTrue(err.toString().startsWith("weir: --streams " + streams() + ": is not empty"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(ExitStatus.USAGE, weir("read", "--streams", capture, capture));
        assertTrue(err.toString().startsWith("weir: --streams " + capture + ": "), err.toString());
    }

    @Test
    void shouldSayHowManyStreamsFoundNoFileAndEndWithOne() throws IOException {
        final TcpCapture capture = new TcpCapture();
        for (int port = 1; port <= 3; port++) {
            capture.open(port).client(port, ACK, 1_001, 5_001, "call").close(port, 1_005, 5_001);
        }
        final Path settings = Files.writeString(directory.resolve("w.yaml"), "output: {stream-files: 1}\n");
        assertEquals(ExitStatus.IMPAIRED, weir("read", "-q", "-c", settings, "--streams", streams(),
            capture.write(directory.resolve("a.pcap"))));
        assertEquals("weir: --streams " + streams() + ": 2 streams were written to no file; raise output.stream-files"
            + System.lineSeparator(), err.toString());
        assertEquals(2, names(streams()).size());
    }

    @Test
    void shouldReportDifferingCopiesAsAnAnomaly() throws IOException {
        final Path capture = new TcpCapture().open(40_000)
            .client(40_000, ACK, 1_001 + 4, 5_001, "good")
            .client(40_000, ACK, 1_001 + 4, 5_001, "evil")
            .client(40_000, ACK, 1_001, 5_001, "the ")
            .close(40_000, 1_009, 5_001)
            .write(directory.resolve("a.pcap"));
        final Path out = directory.resolve("out");
        assertEquals(ExitStatus.DONE, weir("read", "-q", "-o", out, capture), err::toString);
        final List<Map<String, Object>> anomalies = lines(out.resolve("eve.json")).stream()
            .filter(record -> "anomaly".equals(record.get("event_type"))).toList();
        assertEquals(1, anomalies.size(), anomalies.toString());
        final Map<String, Object> anomaly = anomalies.get(0);
        assertEquals(Map.of("type", "stream", "event", "stream.reassembly_overlap_different_data"),
            anomaly.get("anomaly"));
        assertEquals(5, anomaly.get("pcap_cnt"));
        assertEquals("192.0.2.1", anomaly.get("src_ip"));
        final Map<String, Object> summary = Json.object(Files.readString(out.resolve("summary.json")));
        assertEquals(Map.of("stream.reassembly_overlap_different_data", 1), summary.get("anomalies"));
        assertEquals(1, ((Map<?, ?>) summary.get("reassembly")).get("tcp_segments_differing"));
    }
}
