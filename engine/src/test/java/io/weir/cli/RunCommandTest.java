package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.cli.service.FakeManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir run} from start to end, in a process of its own, as a service manager runs it. */
@Timeout(120)
class RunCommandTest {
    /** More than a process may take that has to load its classes on a machine that does other things too. */
    private static final long READY_NS = 60_000_000_000L;
    /** What {@code stop-timeout} is set to, and what comes behind it; twice, for a machine that is busy. */
    private static final long END_NS = 2 * (1_000_000_000L + EngineRun.GRACE_NS);
    private static final int FRAMES = 2_000;

    @TempDir
    private Path directory;
    private Path said;
    private Path records;

    @BeforeEach
    void nameFiles() {
        said = directory.resolve("said");
        records = directory.resolve("records");
    }

    @Test
    void shouldWorkOnEverythingAndEndInOrderWhenAskedToStop() {
        final int status = run();
        assertEquals(ExitStatus.DONE, status, text(said));
        final Map<String, Object> summary = Json.object(text(records.resolve("summary.json")));
        assertEquals(FRAMES, summary.get("frames"), "those that were in the ring when the signal came are not lost");
        final List<Map<String, Object>> events = text(records.resolve("eve.json")).lines().map(Json::object).toList();
        final List<Map<String, Object>> flows =
            events.stream().filter(event -> "flow".equals(event.get("event_type"))).toList();
        assertEquals(1, flows.size(), "the flow was in progress");
        final Map<?, ?> flow = (Map<?, ?>) flows.get(0).get("flow");
        assertEquals("shutdown", flow.get("reason"));
        assertEquals(FRAMES, flow.get("pkts_toserver"));
        assertEquals("stats", events.get(events.size() - 1).get("event_type"));
        assertFalse(Files.exists(directory.resolve("engine.status")), "nobody is told of an engine that has ended");
    }

    @Test
    void shouldEndWithinABoundWhenNobodyTakesItsRecords() throws IOException, InterruptedException {
        Files.createDirectories(records);
        assertEquals(0, new ProcessBuilder("mkfifo", records.resolve("eve.json").toString()).start().waitFor());
        final int status = run();
        assertEquals(ExitStatus.IMPAIRED, status, text(said));
        assertTrue(text(said).contains("records could not be written"), text(said));
        assertEquals(FRAMES, Json.object(text(records.resolve("summary.json"))).get("frames"));
    }

    /** Runs weir, sends frames to it once it is ready, ends it by SIGTERM at once, and answers its exit status. */
    private int run() {
        try (VethPair wire = VethPair.create()) {
            wire.awaitCarrier();
            return wire.inside(() -> {
                try (FakeManager manager = new FakeManager()) {
                    final Process weir = start(wire.namespace(), manager.name());
                    try {
                        await(manager, "READY=1", weir);
                        try (FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
                            assertEquals(FRAMES, feed.sendNumbered(FRAMES, 200));
                        }
                        weir.destroy();
                        assertTrue(weir.waitFor(END_NS, TimeUnit.NANOSECONDS), () -> "did not end: " + text(said));
                        assertTrue(manager.messages().stream().anyMatch(message -> message.contains("STOPPING=1")));
                        return weir.exitValue();
                    } finally {
                        weir.destroyForcibly();
                    }
                }
            });
        }
    }

    private Process start(final String namespace, final String manager) throws IOException {
        final Path configuration = Files.writeString(directory.resolve("weir.yaml"),
            "stop-timeout: 1 s\nmonitor: {status-file: " + directory.resolve("engine.status") + "}\n");
        final List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(Outside.weir("run", "-i", VethPair.RIGHT, "-c", configuration.toString(), "-o",
            records.toString()));
        final ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("NOTIFY_SOCKET", manager);
        return builder.start();
    }

    private void await(final FakeManager manager, final String message, final Process process) {
        final long deadlineNs = System.nanoTime() + READY_NS;
        while (manager.messages().stream().noneMatch(each -> each.contains(message))) {
            assertTrue(process.isAlive() && System.nanoTime() < deadlineNs,
                () -> "never said " + message + ": " + text(said));
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
