package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.FlowEvent;
import io.weir.protocol.application.Application;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import io.weir.stats.CounterTotals;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyCollector;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private final CounterTotals counters = new CounterTotals()
        .set(Counter.FRAMES_RECEIVED, 1_000).set(Counter.FRAMES_PROCESSED, 990).set(Counter.BYTES_PROCESSED, 99_000)
        .set(Counter.DROP_KERNEL, 10);
    private final CaptureStatistics capture = new CaptureStatistics();
    private final FlowTotals flows = new FlowTotals();
    private final AnomalyTotals anomalies = new AnomalyTotals();
    private final LatencyRecorder recorder = new LatencyRecorder("worker-0");
    private final LatencyCollector collector = new LatencyCollector(List.of(recorder), null, 0);

    private Summary summary() {
        flows.add(FlowEvents.of(6).event());
        flows.add(FlowEvents.of(6).event());
        flows.add(FlowEvents.of(58).event());
        recorder.record(LatencyStage.WORK, 100);
        collector.collect(1);
        return new Summary(1_500_000_000L, 500_000_000L, counters, capture, flows, anomalies, collector.totals(),
            List.of());
    }

    @Test
    void shouldWriteTheFieldsOfTheContract(@TempDir final Path directory) throws IOException {
        capture.damages.add(new CaptureStatistics.Damage("a.pcap", 77, "record length of 4 GB"));
        final Path file = directory.resolve("summary.json");
        SummaryWriter.write(summary(), file);
        final Map<String, Object> json = Json.object(Files.readString(file));
        assertEquals(990, json.get("frames"));
        assertEquals(99_000, json.get("bytes"));
        assertEquals(1.5, json.get("seconds"));
        assertEquals(3, json.get("flows"));
        assertEquals(Map.of("kernel", 10), json.get("dropped"));
        assertEquals(List.of(
            Map.of("name", "tcp", "flows", 2, "frames", 10, "bytes", 4_600),
            Map.of("name", "icmpv6", "flows", 1, "frames", 5, "bytes", 2_300)), json.get("protocols"));
        assertEquals(List.of(), json.get("applications"));
        assertEquals(Map.of("work", Map.of("p50", 100, "p99", 100, "p99.9", 100, "max", 100, "count", 1)),
            json.get("latency_ns"));
        assertEquals(1_980, json.get("frames_per_cpu_second"));
        assertEquals(List.of(Map.of("where", "a.pcap", "offset", 77, "what", "record length of 4 GB")),
            json.get("damaged"));
        assertEquals(Map.of("received", 1_000, "processed", 990, "dropped", 10, "balanced", true), json.get("ledger"));
        try (var left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void shouldTellPeopleTheSame() {
        final String table = SummaryTable.of(summary(), false);
        assertTrue(table.startsWith("990 frames, 99.0 kB, 3 flows in 1.50 s  (500 ms CPU, 1.98 k frames"), table);
        assertTrue(table.contains("\n  tcp                            2          10     4.60 kB       4.6 %\n"), table);
        assertTrue(table.contains("\n  no flow                                  975     92.1 kB      93.0 %\n"), table);
        assertTrue(table.contains("kernel  frames the kernel dropped because its ring was full"), table);
        assertTrue(table.contains("received 1,000 = processed 990 + dropped 10  balanced"), table);
        assertFalse(table.contains("\u001b"), table);
        assertTrue(SummaryTable.of(summary(), true).contains("\u001b[32mbalanced"), table);
    }

    @Test
    void shouldTellWhatReassemblyDidAndWhatWasOdd() {
        counters.set(Counter.TCP_CONNECTIONS, 3).set(Counter.TCP_BYTES_DELIVERED, 1_500).set(Counter.TCP_GAPS, 2)
            .set(Counter.TCP_GAP_BYTES, 700).set(Counter.IP_FRAGMENTS, 5).set(Counter.IP_DATAGRAMS_REBUILT, 2);
        final AnomalyEvent odd = AnomalyEvents.of(Anomaly.STREAM_GAP);
        odd.what(Anomaly.STREAM_GAP, 4);
        anomalies.add(odd);
        anomalies.add(AnomalyEvents.of(Anomaly.FRAGMENT_TINY));
        final Map<String, Object> json = Json.object(SummaryWriter.toJson(summary()));
        assertEquals(Map.of("tcp_connections", 3, "tcp_bytes_delivered", 1_500, "tcp_gaps", 2, "tcp_gap_bytes", 700,
            "ip_fragments", 5, "ip_datagrams_rebuilt", 2), json.get("reassembly"));
        assertEquals(Map.of("stream.reassembly_seq_gap", 4, "decoder.frag_tiny_first", 1), json.get("anomalies"));
        final String table = SummaryTable.of(summary(), false);
        assertTrue(table.contains("\n  TCP streams  1.50 kB of 3 connections, 2 gaps with 700 B\n"), table);
        assertTrue(table.contains("\n  IP fragments  5, 2 datagrams put together\n"), table);
        assertTrue(table.indexOf("stream.reassembly_seq_gap") < table.indexOf("decoder.frag_tiny_first"), table);
    }

    @Test
    void shouldTellProtocolsAndApplications() {
        final FlowTotals named = new FlowTotals(ApplicationTable.standard());
        final FlowEvent event = FlowEvents.of(6).event();
        final Application youtube = ApplicationTable.standard().all().stream()
            .filter(application -> "youtube".equals(application.name())).findFirst().orElseThrow();
        event.protocols(Protocols.all().get(0).id(), 0, 3);
        event.application(youtube.number());
        named.add(event);
        named.add(FlowEvents.of(17).event());
        final Summary summary = new Summary(1, 1, counters, capture, named, anomalies, new LatencyTotals(),
            List.of());
        final Map<String, Object> json = Json.object(SummaryWriter.toJson(summary));
        assertEquals(List.of(
            Map.of("name", Protocols.name(1), "flows", 1, "frames", 5, "bytes", 2_300),
            Map.of("name", "udp", "flows", 1, "frames", 5, "bytes", 2_300)).stream()
            .sorted((a, b) -> a.get("name").toString().compareTo(b.get("name").toString())).toList(),
            json.get("protocols"));
        assertEquals(List.of(Map.of("name", "youtube", "flows", 1, "frames", 5, "bytes", 2_300)),
            json.get("applications"));
        final String table = SummaryTable.of(summary, false);
        assertTrue(table.contains("\n  application                flows      frames       bytes       share\n"), table);
        assertTrue(table.contains("\n  youtube                        1           5     2.30 kB       2.3 %\n"), table);
    }

    @Test
    void shouldSayThatTheLedgerDoesNotBalance() {
        counters.set(Counter.FRAMES_PROCESSED, 980);
        final Summary summary = summary();
        assertTrue(SummaryTable.of(summary, false).contains("DOES NOT BALANCE, 10 frames missing"));
        assertTrue(summary.isImpaired());
    }

    @Test
    void shouldNotCallChosenDropsALoss() {
        counters.set(Counter.DROP_KERNEL, 0).set(Counter.DROP_FILTERED, 10);
        assertFalse(summary().isImpaired());
        counters.set(Counter.DROP_FILTERED, 9).set(Counter.DROP_RING_FULL, 1);
        assertTrue(summary().isImpaired());
    }

    @Test
    void shouldShowAnEmptyRun() {
        final Summary empty = new Summary(0, 0, new CounterTotals(), capture, flows,
            anomalies, new LatencyTotals(), List.of());
        assertEquals("""
            0 frames, 0 B, 0 flows in 0 ns  (0 ns CPU, 0 frames per CPU second)

              ledger  received 0 = processed 0 + dropped 0  balanced
            """, SummaryTable.of(empty, false));
        assertEquals(0, Json.object(SummaryWriter.toJson(empty)).get("frames_per_cpu_second"));
        assertFalse(empty.isImpaired());
    }

    @Test
    void shouldUseHumanUnits() {
        assertEquals("999 B", HumanUnits.bytes(999));
        assertEquals("1.00 kB", HumanUnits.bytes(1_000));
        assertEquals("9.22 EB", HumanUnits.bytes(Long.MAX_VALUE));
        assertEquals("12.3 M", HumanUnits.large(12_345_678));
        assertEquals("999 ns", HumanUnits.duration(999));
        assertEquals("1.50 us", HumanUnits.duration(1_500));
        assertEquals("59.9 s", HumanUnits.duration(59_900_000_000L));
        assertEquals("1:05 min", HumanUnits.duration(65_000_000_000L));
        assertEquals("1:01:01 h", HumanUnits.duration(3_661_000_000_000L));
        assertEquals("-", HumanUnits.share(1, 0));
    }
}
