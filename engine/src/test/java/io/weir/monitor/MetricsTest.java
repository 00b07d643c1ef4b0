package io.weir.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.protocol.application.ApplicationTable;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.CounterTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Pattern NAME = Pattern.compile("weir_[a-z_]+");

    private final CounterTotals counters = new CounterTotals();
    private final FaultLog faults = new FaultLog(new UnsafeBuffer(new byte[65_536]));

    private Status status() {
        final RecordView records = new RecordView();
        records.totals(new FlowTotals(), new AnomalyTotals(), new LatencyTotals());
        return new StatusMaker(new Instance(1, 1_000, "a\"b\\c", true, List.of("eth0")),
            () -> new Reading(0, 5_000_000_000L, counters, new CaptureStatistics(),
                List.of(new Reading.Load(7, 700, 0, 2, 1, null)), List.of(new Reading.ThreadTime("weir-worker-0", 9))),
            records::newest, faults, ApplicationTable.NONE).make();
    }

    @Test
    void shouldTellEveryCounterOnceUnderItsNameAndDropsByReason() {
        counters.set(Counter.FRAMES_PROCESSED, 12_345_678_901L).set(Counter.FLOWS_LIVE, 4)
            .set(Counter.DROP_RING_FULL, 3);
        faults.onError(new IllegalStateException("x"));
        final String text = Metrics.of(status());
        for (final String line : List.of("weir_frames_processed_total 12345678901", "weir_flows_live 4",
            "weir_dropped_frames_total{reason=\"ring_full\"} 3", "weir_info{version=\"a\\\"b\\\\c\"} 1",
            "# TYPE weir_flows_live gauge", "weir_worker_frames_total{worker=\"0\"} 7", "weir_uptime_seconds 5",
            "weir_thread_cpu_seconds_total{thread=\"weir-worker-0\"} 9.0E-9", "weir_faults_total 1")) {
            assertTrue(text.lines().anyMatch(line::equals), () -> line + " is missing in\n" + text);
        }
        final List<String> types = text.lines().filter(line -> line.startsWith("# TYPE ")).toList();
        assertEquals(types.size(), Set.copyOf(types).size(), "a family is told once");
    }

    @Test
    void shouldHaveEveryMetricThatTheDashboardAsksFor() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("config/grafana-dashboard.json"))) {
            root = root.getParent();
        }
        final Map<String, Object> dashboard =
            Json.object(Files.readString(root.resolve("config/grafana-dashboard.json")));
        final Set<String> told = NAME.matcher(Metrics.of(status()).lines().filter(line -> line.startsWith("# TYPE "))
            .collect(Collectors.joining("\n"))).results().map(match -> match.group()).collect(Collectors.toSet());
        final Set<String> asked = new TreeSet<>();
        for (final Object panel : (List<?>) dashboard.get("panels")) {
            for (final Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
                final Matcher names = NAME.matcher((String) ((Map<?, ?>) target).get("expr"));
                assertTrue(names.find(), "a panel asks for nothing: " + panel);
                asked.add(names.group().replaceFirst("_(bucket|sum)$", ""));
            }
        }
        assertTrue(asked.size() > 10, asked.toString());
        asked.removeAll(told);
        assertEquals(Set.of(), asked, "metrics that nobody tells");
    }
}
