package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.capture.VethPair;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.output.Summary;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, as Prometheus itself reads them. */
@Timeout(180)
class PrometheusTest {
    private static final Configuration SERVED = Configuration.defaults().with(Settings.METRICS_LISTEN, "127.0.0.1:0");
    private static final long BOUND_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldBeScrapedByPrometheusWithTheNumbersOfTheRun() {
        Outside.assume("prometheus");
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, SERVED)) {
                    engine.sendUntil(status -> status.number("time_ms") > 0 && !status.rows("protocols").isEmpty());
                    final Summary summary = engine.stop();
                    final Process prometheus = prometheus(engine.server());
                    try {
                        final long frames = summary.frames();
                        assertTrue(frames > 0);
                        assertEquals(frames, asked("weir_frames_processed_total", frames));
                        assertEquals(0, asked("sum(weir_dropped_frames_total)", 0));
                        assertEquals(1, asked("up{job=\"weir\"}", 1));
                    } finally {
                        prometheus.destroy();
                        assertTrue(prometheus.waitFor(30, TimeUnit.SECONDS) || prometheus.destroyForcibly().isAlive());
                    }
                }
            });
        }
    }

    @Test
    void shouldBeWhatPromtoolExpects() {
        Outside.assume("promtool");
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                try (WatchedEngine engine = new WatchedEngine(directory, SERVED)) {
                    engine.sendHello(40_000);
                    engine.sendUntil(status -> !status.rows("alerts").isEmpty()
                        && !status.rows("latencies").isEmpty() && !status.rows("protocols").isEmpty());
                    final Outside.Answer answer = Outside.get(engine.server() + "/metrics");
                    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
                    assertEquals("", Outside.run(directory, answer.body(), "promtool", "check", "metrics"));
                    assertTrue(answer.body().contains("weir_protocol_bytes_total{protocol=\"udp\"}"), answer.body());
                    assertFalse(answer.body().contains("script"), "nothing from the wire is a label");
                    assertEquals(404, Outside.get(engine.server() + "/api/status").status(), "metrics alone");
                }
            });
        }
    }

    private Process prometheus(final String target) throws IOException {
        final Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
            global: {scrape_interval: 1s}
            scrape_configs:
            - job_name: weir
              static_configs: [{targets: ["%s"]}]
            """.formatted(target.replace("http://", "")));
        return new ProcessBuilder("prometheus", "--config.file=" + configuration, "--storage.tsdb.path="
            + directory.resolve("data"), "--web.listen-address=127.0.0.1:9090", "--log.level=error").inheritIO()
            .start();
    }

    /** Asks until the answer is as wanted, or for a minute; answers the last value. */
    private static long asked(final String query, final long wanted) throws IOException {
        final long deadlineNs = System.nanoTime() + BOUND_NS;
        long value = -1;
        while (value != wanted && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(100_000_000);
            try {
                final Outside.Answer answer = Outside.get("http://127.0.0.1:9090/api/v1/query?query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8));
                value = answer.status() == 200 ? value(Json.object(answer.body())) : -1;
            } catch (final ConnectException e) {
                // Prometheus is just starting.
                value = -1;
            }
        }
        return value;
    }

    private static long value(final Map<String, Object> answer) {
        final Map<?, ?> data = (Map<?, ?>) answer.get("data");
        final List<?> results = (List<?>) data.get("result");
        return results.isEmpty() ? -1
            : Math.round(Double.parseDouble((String) ((List<?>) ((Map<?, ?>) results.get(0)).get("value")).get(1)));
    }
}
