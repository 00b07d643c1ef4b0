package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long US = 1_000;
    private static final long MS = 1_000 * US;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir
    private Path directory;
    private Path file;

    /** Four seconds: as always, a collection, a thread without CPU, a queue. */
    @BeforeEach
    void writeLog() throws IOException {
        file = directory.resolve("latency.hlog");
        try (PrintStream stream = new PrintStream(new FileOutputStream(file.toFile()), false,
            StandardCharsets.US_ASCII)) {
            final HistogramLogWriter log = new HistogramLogWriter(stream);
            log.outputLogFormatVersion();
            log.outputStartTime(START_MS);
            log.setBaseTime(START_MS);
            log.outputBaseTime(START_MS);
            log.outputLegend();
            second(log, 0, 900 * US, 10 * US, 20 * US, 0, 0);
            second(log, 1, 12 * MS, 10 * US, 20 * US, 9 * MS, 0);
            second(log, 2, 31 * MS, 10 * US, 20 * US, 0, 28 * MS);
            second(log, 3, 7 * MS, 6 * MS, 6 * MS, 0, 0);
        }
    }

    private static void second(final HistogramLogWriter log, final int second, final long maxNs, final long queueNs,
        final long captureNs, final long collectionNs, final long delayNs) {
        for (int worker = 0; worker < 2; worker++) {
            interval(log, "worker-" + worker + "/arrival_to_verdict", second, 500 * US, worker == 0 ? maxNs : 800 * US);
            interval(log, "worker-" + worker + "/capture_to_verdict", second, 10 * US, captureNs);
            interval(log, "worker-" + worker + "/queue_wait", second, 5 * US, queueNs);
        }
        interval(log, "host/hiccup", second, 50 * US, 60 * US);
        if (collectionNs > 0) {
            interval(log, "jvm/gc", second, collectionNs, collectionNs);
            interval(log, "jvm/safepoint", second, collectionNs, collectionNs);
        }
        if (delayNs > 0) {
            interval(log, "thread/worker-0/run-delay", second, 20 * US, delayNs);
        }
    }

    private static void interval(final HistogramLogWriter log, final String tag, final int second, final long usualNs,
        final long maxNs) {
        final Histogram histogram = new Histogram(1, 60_000 * MS, 2);
        histogram.recordValueWithCount(usualNs, 999);
        histogram.recordValue(maxNs);
        histogram.setTag(tag);
        log.outputIntervalHistogram(second, second + 1.0, histogram, 1_000.0);
    }

    private int run(final String... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(final Map<String, Object> object, final String name) {
        return (List<Map<String, Object>>) object.get(name);
    }

    @Test
    void shouldShowEachStageTogetherAndByWorker() {
        assertEquals(ExitStatus.DONE, run("report", file.toString()));
        final String text = out.toString();
        assertTrue(text.contains("2023-11-14 22:13:20 UTC, 4.00 s"), text);
        assertTrue(text.matches("(?s).*arrival to verdict +8,000 +50\\d us +50\\d us +50\\d us.*31\\.\\d ms.*"), text);
        assertTrue(text.matches("(?s).*arrival to verdict +worker-1 +4,000 .*"), text);
        assertTrue(text.indexOf("queue wait") < text.indexOf("capture to verdict"), "in the order of a frame's way");
        assertFalse(text.contains("\u001b"), "no colours unless on a terminal");
        assertEquals("", err.toString());
    }

    @Test
    void shouldSayWhoseFaultEachTailIs() {
        assertEquals(ExitStatus.DONE, run("report", "--json", file.toString()));
        final Map<String, Object> report = Json.object(out.toString());
        final List<Map<String, Object>> worst = list(report, "worst_intervals");
        assertEquals(List.of("scheduler", "collector", "queue", "usual"),
            worst.stream().map(each -> each.get("cause")).toList());
        assertEquals("2023-11-14T22:13:22Z", worst.get(0).get("start"));
        assertEquals("arrival_to_verdict", worst.get(0).get("stage"));
        assertEquals(0, report.get("damaged_lines"));
    }

    @Test
    void shouldCountWhatWasLate() {
        assertEquals(ExitStatus.DONE, run("report", "--late", "10", file.toString()));
        assertTrue(out.toString().contains("late, over 10.0 ms: 2 of 8,000, 0.03 %"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitStatus.DONE, run("report", "--late", "0.6", "--to", "3", "--json", file.toString()));
        assertEquals(Map.of("stage", "arrival_to_verdict", "over", 600_000, "count", 6, "of", 6_000),
            Json.object(out.toString()).get("late"));
        assertEquals(ExitStatus.USAGE, run("report", "--late", "-1", file.toString()));
    }

    @Test
    void shouldKeepToTheStageAndTimeAskedFor() {
        assertEquals(ExitStatus.DONE, run("report", "--stage", "queue_wait", "--from", "3", file.toString()));
        final String text = out.toString();
        assertTrue(text.matches("(?s).*queue wait +2,000 .*"), text);
        assertFalse(text.contains("arrival to verdict"), text);
        assertTrue(text.contains("22:13:23.000  p99"), text);
    }

    @Test
    void shouldTellTheSlowestFramesFromBesideTheLog() throws IOException {
        final long us = (START_MS + 1_500) * 1_000;
        Files.writeString(directory.resolve("latency-worst.jsonl"),
            "{\"kind\":\"frame\",\"from_us\":" + (us - 12_000) + ",\"to_us\":" + us + ",\"ns\":12000000,\"frame\":77,"
                + "\"worker\":0,\"batch_frames\":3,\"block_wait_ns\":11000000,\"capture_to_dispatch_ns\":1000,"
                + "\"queue_wait_ns\":1000,\"batch_ns\":900000,\"length\":60,\"src_ip\":\"192.0.2.1\",\"src_port\":1,"
                + "\"dest_ip\":\"192.0.2.2\",\"dest_port\":53,\"proto\":\"UDP\",\"app_proto\":\"dns\"}\n"
                + "{\"kind\":\"pause\",\"from_us\":" + (us - 10_000) + ",\"to_us\":" + (us - 1_000)
                + ",\"ns\":9000000,\"pause\":\"gc\"}\n");
        assertEquals(ExitStatus.DONE, run("report", file.toString()));
        assertTrue(out.toString().contains("12.0 ms  frame 77, 192.0.2.1:1 > 192.0.2.2:53 UDP dns, 60 bytes: garbage"),
            out.toString());
    }

    @Test
    void shouldDrawAPictureThatIsWellFormed() throws Exception {
        final Path plot = directory.resolve("a&b.svg");
        assertEquals(ExitStatus.DONE, run("report", file.toString(), "--svg", plot.toString()));
        final String svg = Files.readString(plot);
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        assertEquals("svg", factory.newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getDocumentElement().getNodeName());
        assertTrue(svg.contains(">99.9 %<"), "an axis of nines");
        assertTrue(svg.contains("class=\"l c2\""), "a line for each stage");
        assertTrue(svg.contains("<title>gc 9."), "pauses over time");
        assertFalse(svg.contains("href"), "nothing from elsewhere");
    }

    @Test
    void shouldReadADamagedLogAsFarAsItIsWhole() throws IOException {
        final String whole = Files.readString(file, StandardCharsets.US_ASCII);
        final int third = whole.indexOf("Tag=host");
        Files.writeString(file, whole.substring(0, third) + "Tag=\u0001,,\nworker,1,2,3\n"
            + whole.substring(third, whole.length() - 40), StandardCharsets.US_ASCII);
        assertEquals(ExitStatus.IMPAIRED, run("report", file.toString()));
        assertTrue(out.toString().contains("arrival to verdict"), out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("3 of its lines, the first at line 11, cannot be read; 30 histograms are"),
            err.toString());
    }

    @Test
    void shouldRefuseWhatIsNoLog() throws IOException {
        final Path other = Files.writeString(directory.resolve("other"), "no log\n\n\u0000\n");
        assertEquals(ExitStatus.USAGE, run("report", other.toString()));
        assertEquals(ExitStatus.USAGE, run("report", directory.toString()));
        assertEquals(ExitStatus.USAGE, run("report", directory.resolve("absent").toString()));
        assertEquals(ExitStatus.USAGE, run("report", "--stage", "nonsense", file.toString()));
        assertEquals(ExitStatus.USAGE, run("report", "--from", "9", file.toString()));
        assertEquals(ExitStatus.USAGE, run("report", "--from", "2", "--to", "1", file.toString()));
        assertTrue(err.toString().contains("has no histogram that can be read; the first faulty line is 1"),
            err.toString());
        assertTrue(err.toString().contains("queue_wait, capture_to_verdict, arrival_to_verdict"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void shouldPrintHelpWithAnExample() {
        assertEquals(ExitStatus.DONE, run("report", "--help"));
        assertTrue(out.toString().contains("weir report out/latency.hlog --svg latency.svg"), out.toString());
    }
}
