package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.FrameSource;
import io.weir.capture.file.FileSource;
import io.weir.cli.demo.DemoCapture;
import io.weir.packet.Frame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A rule that captures, from the command line. */
final class CaptureRuleTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int weir(final Object... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(new StringWriter(), true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private static int frames(final Path file) {
        int frames = 0;
        try (FrameSource source = FileSource.open(file, FileSource.DEFAULT_BLOCKS)) {
            final Frame frame = new Frame();
            while (source.next(frame)) {
                frames++;
            }
        }
        return frames;
    }

    @Test
    void shouldWriteCapturesBesideRecords() throws IOException {
        final Path capture = directory.resolve("demo.pcapng");
        DemoCapture.write(capture);
        final Path rules = Files.writeString(directory.resolve("rules.yaml"),
            "rules: [{id: 1, alert: \"A page\", when: {http.method: GET}, do: [capture, {tag: web}]}]");
        final Path output = directory.resolve("out");
        assertEquals(ExitStatus.DONE, weir("read", "-q", "-o", output, "-r", rules, capture), err.toString());
        final List<String> records = Files.readAllLines(output.resolve("eve.json"));
        final String labelled = records.stream().filter(line -> line.contains("\"labels\":[\"web\"]}")
            && line.contains("\"event_type\":\"flow\"")).findFirst().orElseThrow();
        final String flow = labelled.replaceAll(".*\"flow_id\":(\\d+).*", "$1");
        final int expected = Integer.parseInt(labelled.replaceAll(".*\"pkts_toserver\":(\\d+).*", "$1"))
            + Integer.parseInt(labelled.replaceAll(".*\"pkts_toclient\":(\\d+).*", "$1"));
        final String name = records.stream().filter(line -> line.contains("\"event_type\":\"alert\"")
            && line.contains("\"flow_id\":" + flow + ",")).findFirst().orElseThrow()
            .replaceAll(".*\"capture_file\":\"([^\"]*)\".*", "$1");
        assertTrue(name.matches(flow + "-\\d+\\.pcapng"), name);
        assertTrue(expected > 3, labelled);
        assertEquals(expected, frames(output.resolve("capture").resolve(name)));

        assertEquals(ExitStatus.USAGE, weir("read", "-q", "-o", output, "-r", rules, capture));
        assertTrue(err.toString().contains("capture is not empty"), err.toString());
    }
}
