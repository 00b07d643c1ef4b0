package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.cli.demo.DemoCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class ReadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;
    private Path capture;
    private Path output;
    private int frames;

    @BeforeEach
    void makeCapture() throws IOException {
        capture = directory.resolve("demo.pcapng");
        output = directory.resolve("out");
        frames = DemoCapture.write(capture);
    }

    private int weir(final Object... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        final String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return commandLine.execute(words);
    }

    private void assertOneLine(final String start) {
        assertTrue(err.toString().startsWith("weir: " + start), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    private static List<String> flows(final Path directory) throws IOException {
        try (var lines = Files.lines(directory.resolve("eve.json"))) {
            return lines.filter(line -> "flow".equals(Json.object(line).get("event_type"))).toList();
        }
    }

    private static Map<String, Object> summary(final Path directory) throws IOException {
        return Json.object(Files.readString(directory.resolve("summary.json")));
    }

    @Test
    void shouldWriteRecordsSummaryAndLatencies() throws IOException {
        assertEquals(ExitStatus.DONE, weir("read", "-o", output, capture), err::toString);
        assertEquals("", err.toString());
        assertTrue(out.toString().contains("balanced"), out.toString());
        assertEquals(frames, summary(output).get("frames"));
        assertEquals(flows(output).size(), summary(output).get("flows"));
        assertFalse(flows(output).isEmpty());
        assertEquals(Map.of("received", frames, "processed", frames, "dropped", 0, "balanced", true),
            summary(output).get("ledger"));
        assertTrue(Files.size(output.resolve("latency.hlog")) > 0);
    }

    @Test
    void shouldWriteTheSameRecordsWhateverTheNumberOfWorkers() throws IOException {
        weir("read", "-q", "-o", output, capture);
        for (final int workers : new int[] {2, 4}) {
            final Path other = directory.resolve("out" + workers);
            assertEquals(ExitStatus.DONE, weir("read", "-q", "-w", workers, "-o", other, capture), err::toString);
            assertEquals(flows(output), flows(other));
        }
        assertEquals("", out.toString());
    }

    @Test
    void shouldStartAfreshForEachFile() throws IOException {
        final Path copy = Files.createDirectory(directory.resolve("more")).resolve("demo.pcapng");
        Files.copy(capture, copy);
        assertEquals(ExitStatus.DONE, weir("read", "--each", "-o", output, capture, copy), err::toString);
        assertEquals(frames, summary(output.resolve("demo.pcapng")).get("frames"));
        assertEquals(flows(output.resolve("demo.pcapng")), flows(output.resolve("demo.pcapng-2")));
    }

    @Test
    void shouldReadAllFilesAsOneTrace() throws IOException {
        final Path copy = Files.copy(capture, directory.resolve("again.pcapng"));
        assertEquals(ExitStatus.DONE, weir("read", "-q", "-o", output, capture, copy), err::toString);
        assertEquals(2 * frames, summary(output).get("frames"));
    }

    @Test
    void shouldNameDamageAndEndWithOne() throws IOException {
        final byte[] bytes = Files.readAllBytes(capture);
        final Path cut = Files.write(directory.resolve("cut.pcapng"), Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(ExitStatus.IMPAIRED, weir("read", "-o", output, cut));
        assertOneLine(cut + ": at byte ");
        assertEquals(1, ((List<?>) summary(output).get("damaged")).size());
        assertTrue((int) summary(output).get("frames") > 0);
    }

    @Test
    void shouldApplyTheFilterAndCountWhatItLeavesOut() throws IOException {
        assertEquals(ExitStatus.DONE, weir("read", "-q", "-f", "udp", "-o", output, capture), err::toString);
        final int udp = (int) summary(output).get("frames");
        assertTrue(udp > 0 && udp < frames, "frames that match: " + udp);
        assertEquals(Map.of("filtered", frames - udp), summary(output).get("dropped"));
    }

    @Test
    void shouldRefuseAFilterWithItsPlace() {
        assertEquals(ExitStatus.USAGE, weir("read", "-f", "tcp and udp prt 53", capture));
        assertOneLine("filter: ");
        assertTrue(err.toString().contains("at character 13"), err.toString());
    }

    @Test
    void shouldRefuseFilesThatAreMissingOrNoCaptures() throws IOException {
        assertEquals(ExitStatus.USAGE, weir("read", directory.resolve("missing.pcap")));
        assertOneLine(directory.resolve("missing.pcap") + ": no such file");
        err.getBuffer().setLength(0);
        final Path text = Files.writeString(directory.resolve("text.pcap"), "no capture at all, just some text");
        assertEquals(ExitStatus.USAGE, weir("read", text));
        assertOneLine(text + ": ");
    }

    @Test
    void shouldRefuseFaultyConfigurationsWithOneLinePerFault() throws IOException {
        final Path faulty = Files.writeString(directory.resolve("w.yaml"),
            "flow:\n  memry: 1 GiB\nworkers: {count: 0}\n");
        assertEquals(ExitStatus.USAGE, weir("read", "-c", faulty, capture));
        final List<String> lines = err.toString().lines().toList();
        assertEquals(2, lines.size(), err.toString());
        assertEquals("weir: " + faulty + ":2:3: unknown key 'memry' in 'flow'; did you mean 'memory'?", lines.get(0));
    }

    @Test
    void shouldObeyTheConfiguration() throws IOException {
        final Path settings = Files.writeString(directory.resolve("w.yaml"), "output: {eve: false, latency: false}\n");
        assertEquals(ExitStatus.DONE, weir("read", "-q", "-c", settings, "-o", output, capture), err::toString);
        try (var files = Files.list(output)) {
            assertEquals(List.of(output.resolve("summary.json")), files.toList());
        }
    }

    @Test
    void shouldRefuseAnOutputDirectoryThatCannotBeMade() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));
        assertEquals(ExitStatus.USAGE, weir("read", "-o", file.resolve("out"), capture));
        assertOneLine("-o " + file.resolve("out") + ": ");
    }

    @Test
    void shouldRefuseWrongUsageOfOptions() {
        for (final String[] wrong : new String[][] {
            {"read"}, {"read", "-w", "0", "x"}, {"read", "-w", "two", "x"}, {"run"}, {"run", "--duration", "0"},
            {"raed", "x"}}) {
            err.getBuffer().setLength(0);
            assertEquals(ExitStatus.USAGE, weir((Object[]) wrong), String.join(" ", wrong));
            assertTrue(err.toString().startsWith("weir: "), err.toString());
            assertFalse(err.toString().contains("\tat "), err.toString());
        }
    }

    @Test
    void shouldSayWhichInterfaceIsMissing() {
        assertEquals(ExitStatus.DEVICE, weir("run", "-i", "weir-none"));
        assertOneLine("there is no interface weir-none");
    }

    @Test
    void shouldShowHelpWithExamplesForEveryCommand() {
        for (final String command : Weir.commandLine().getSubcommands().keySet()) {
            out.getBuffer().setLength(0);
            assertEquals(ExitStatus.DONE, weir(command, "--help"), command);
            assertTrue(out.toString().contains("Examples:"), command + ": " + out);
        }
    }
}
