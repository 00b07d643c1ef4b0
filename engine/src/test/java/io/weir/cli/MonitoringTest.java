package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.base.NativeLibraryException;
import io.weir.capture.VethPair;
import io.weir.cli.config.Configuration;
import io.weir.engine.MemorySource;
import io.weir.monitor.StatusTree;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Engines that run are seen from outside: {@code weir stat} and {@code weir top} over a status file. */
@Timeout(120)
class MonitoringTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int weir(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void shouldLogThatLibweirCannotBeUsedAndKeepOtherFaultsToThoseWhoLook() {
        try (LogLines log = new LogLines(); MemorySource source = new MemorySource(List.of(), 1, 1, false);
            Monitoring monitoring = new Monitoring(Configuration.defaults(), source, null, new PrintWriter(err))) {
            monitoring.onError(new IllegalStateException("a parser's"));
            monitoring.onError(new NativeLibraryException("libweir has another version", null));
            assertEquals(List.of("WARN goes on without libweir, which takes longer: libweir has another version"),
                log.lines());
        }
    }

    @Test
    void shouldShowFlowsWhileTheyAreInProgress() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, Configuration.defaults())) {
                    final StatusTree status = engine.sendUntil(now -> now.rows("protocols").size() == 1
                        && now.rows("talkers").size() == 2 && now.in("counters").number("frames_received") > 0);
                    assertEquals(0, status.in("flows").number("ended"), "the flow has not ended");
                    final StatusTree protocol = status.rows("protocols").get(0);
                    assertEquals("udp", protocol.text("name"));
                    assertTrue(protocol.real("bits") > 0);
                    assertEquals(200 * protocol.number("frames_total"), protocol.number("bytes_total"));
                    assertTrue(WatchedEngine.names(status, "talkers", "address").contains("192.0.2.1"));
                    assertEquals(2, status.rows("workers").size());
                    assertEquals(VethPair.RIGHT, status.texts("interfaces").get(0));
                    assertEquals(ExitStatus.DONE, weir("stat", engine.statusFile().toString()), err.toString());
                    assertTrue(out.toString().startsWith("weir " + ProcessHandle.current().pid() + " on weir1, up "),
                        out.toString());
                    assertEquals(ExitStatus.DONE, weir("stat", "--json", engine.statusFile().toString()));
                    final Map<String, Object> json = Json.object(out.toString());
                    assertEquals(1, json.get("format"));
                    assertEquals(ExitStatus.DONE, weir("top", "-n", "1", engine.statusFile().toString()));
                    assertTrue(out.toString().contains("192.0.2.1"), out.toString());
                    assertTrue(out.toString().lines().count() <= 24, out.toString());
                    engine.stop();
                }
            });
            assertFalse(Files.exists(directory.resolve("engine.status")), "the file is removed at the end");
        }
    }

    @Test
    void shouldShowWhatHeldFramesUpAndWhichFlowsAreTooLarge() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, Configuration.defaults())) {
                    engine.sendElephant();
                    final StatusTree status = engine.sendUntil(now -> !now.rows("slowest").isEmpty()
                        && !now.rows("pauses").isEmpty());
                    assertEquals("192.0.2.1:40000", status.rows("elephants").get(0).text("source"));
                    final StatusTree slow = status.rows("slowest").get(0);
                    assertEquals("192.0.2.2:9", slow.text("destination"));
                    assertTrue(slow.number("part_ns") > 0 && slow.number("part_ns") <= slow.number("ns"));
                    assertTrue(WatchedEngine.names(status, "pauses", "kind").contains("hiccup"));
                    final String file = engine.statusFile().toString();
                    assertEquals(ExitStatus.DONE, weir("stat", file));
                    for (final String wanted : List.of("newest elephants", "slowest frames of the last minute",
                        "hiccup", " of it ")) {
                        assertTrue(out.toString().contains(wanted), () -> wanted + " is missing in\n" + out);
                    }
                }
            });
        }
    }

    @Test
    void shouldShowWhatCameFromTheWireAsTextAlone() {
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, Configuration.defaults())) {
                    engine.sendHello(40_000);
                    final StatusTree status = engine.sendUntil(now -> !now.rows("alerts").isEmpty());
                    assertEquals(WatchedEngine.HOSTILE, status.rows("alerts").get(0).text("subject"));
                    assertEquals("10.0.0.1:40000", status.rows("alerts").get(0).text("source"));
                    final String file = engine.statusFile().toString();
                    assertEquals(ExitStatus.DONE, weir("stat", file));
                    assertTrue(out.toString().contains("<script>document.title='owned'</script>\\x1b[31m"),
                        out.toString());
                    assertNothingSteers();
                    weir("stat", "--json", file);
                    assertTrue(out.toString().chars().allMatch(c -> c < 0x7f), "JSON is plain ASCII");
                    assertNothingSteers();
                }
            });
        }
    }

    private void assertNothingSteers() {
        assertTrue(out.toString().chars().noneMatch(c -> c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0),
            out.toString());
    }

    @Test
    void shouldSayWhichEngineIsMissing() throws Exception {
        assertEquals(ExitStatus.USAGE, weir("stat", directory.resolve("none.status").toString()));
        assertTrue(err.toString().contains("no status file"), err.toString());
        final Path other = Files.writeString(directory.resolve("other.status"), "something else");
        assertEquals(ExitStatus.USAGE, weir("stat", other.toString()));
        assertEquals("weir: " + other + " is no status file of weir", err.toString().strip());
        assertEquals(ExitStatus.USAGE, weir("stat", "no-such-interface"));
        assertTrue(err.toString().startsWith("weir: no running engine"), err.toString());
    }
}
