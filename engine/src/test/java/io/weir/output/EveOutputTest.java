package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.FlowEvent;
import io.weir.packet.DecodeError;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.CounterTotals;
import io.weir.stats.DecoderCounts;
import io.weir.stats.FlowTotals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveOutputTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path directory;

    private final Optional<EveSchema> schema = EveSchema.find();

    @AfterEach
    void shouldGiveMemoryBack() {
        assertEquals(0, NativeMemory.inUse(NativeMemory.Tag.OUTPUT));
    }

    private Path file() {
        return directory.resolve("eve.json");
    }

    private EveOutput open(final boolean live, final long floodRate) throws IOException {
        return new EveOutput(file(), live, floodRate, EveForm.of(index -> index == 0 ? "" : "eth" + index),
            ApplicationTable.standard());
    }

    private List<Map<String, Object>> records() throws IOException {
        final List<Map<String, Object>> records = new ArrayList<>();
        for (final String line : Files.readAllLines(file())) {
            schema.ifPresent(eve -> assertEquals(List.of(), eve.faults(Json.object(line)), line));
            records.add(Json.object(line));
        }
        return records;
    }

    private Map<String, Object> record(final FlowEvents flow) throws IOException {
        try (EveOutput output = open(false, 0)) {
            output.flow(flow.event());
        }
        final List<Map<String, Object>> records = records();
        assertEquals(1, records.size());
        return records.get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(final Map<String, Object> record, final String name) {
        return (Map<String, Object>) record.get(name);
    }

    @Test
    void shouldChangeTheFormOfRecordsBetweenTwoSeconds() throws IOException {
        final FlowEvent event = FlowEvents.of(6).event();
        try (EveOutput output = open(true, 0)) {
            output.flow(event);
            output.change(0, new EveForm(index -> "", 1, false, false, false, Set.of()));
            output.flow(event);
            output.advance(SECOND_NS);
            output.flow(event);
        }
        final List<Object> ids = records().stream().map(record -> record.get("community_id")).toList();
        assertEquals(ids.get(0), ids.get(1));
        assertFalse(ids.get(1).equals(ids.get(2)), "another seed gives other ids: " + ids);
    }

    @Test
    void shouldWriteATcpFlowAsSuricataDoes() throws IOException {
        final FlowEvents flow = FlowEvents.of(6);
        flow.event().sent(3, 300, 0x1b);
        flow.event().answered(2, 2000, 0x12);
        flow.event().state(2, 2, 10);
        flow.event().seenOn(1, 20 << 16 | 10, 2);
        final Map<String, Object> record = record(flow);
        assertEquals(List.of("timestamp", "flow_id", "in_iface", "event_type", "vlan", "src_ip", "src_port", "dest_ip",
            "dest_port", "proto", "ip_v", "flow", "tcp", "community_id", "weir"), List.copyOf(record.keySet()));
        assertEquals("2023-11-14T22:13:21.623456+0000", record.get("timestamp"));
        assertEquals("eth1", record.get("in_iface"));
        assertEquals(List.of(10, 20), record.get("vlan"));
        assertEquals("192.0.2.1", record.get("src_ip"));
        assertEquals(443, record.get("dest_port"));
        assertEquals("TCP", record.get("proto"));
        assertEquals(Map.of("pkts_toserver", 3, "pkts_toclient", 2, "bytes_toserver", 300, "bytes_toclient", 2000,
            "start", "2023-11-14T22:13:20.123456+0000", "end", "2023-11-14T22:13:21.623456+0000", "age", 1,
            "state", "closed", "reason", "shutdown").entrySet(),
            withoutAlerted(object(record, "flow")).entrySet());
        assertEquals(Map.of("tcp_flags", "1b", "tcp_flags_ts", "1b", "tcp_flags_tc", "12", "syn", true, "fin", true,
            "psh", true, "ack", true, "state", "closed"), object(record, "tcp"));
    }

    private static Map<String, Object> withoutAlerted(final Map<String, Object> flow) {
        assertEquals(false, flow.remove("alerted"));
        return flow;
    }

    @Test
    void shouldWriteTypesAndCodesInsteadOfPortsForIcmp() throws IOException {
        final FlowEvents flow = FlowEvents.of(58).between("2001:db8::1", 7, "2001:db8::2", 7);
        flow.event().icmp(128, 0, 129, 0);
        final Map<String, Object> record = record(flow);
        assertEquals("IPv6-ICMP", record.get("proto"));
        assertEquals(6, record.get("ip_v"));
        assertFalse(record.containsKey("src_port"));
        assertEquals(128, record.get("icmp_type"));
        assertEquals(129, record.get("response_icmp_type"));
        assertFalse(record.containsKey("tcp"));
        assertFalse(record.containsKey("in_iface"));
    }

    @Test
    void shouldLeaveOutTheResponseNobodyGave() throws IOException {
        final FlowEvents flow = FlowEvents.of(1).icmp(8, 0);
        flow.event().answered(0, 0, 0);
        assertFalse(record(flow).containsKey("response_icmp_type"));
    }

    @Test
    void shouldShowTunnels() throws IOException {
        final FlowEvents flow = FlowEvents.of(17);
        flow.event().tunnel(0x1 << 4 | 0x6, 0xffff_fffe, 4);
        flow.event().tunnelEndpoints(0, 0xc633_6401L, 0, 0xc633_6402L);
        final Map<String, Object> record = record(flow);
        assertEquals(Map.of("src_ip", "198.51.100.1", "dest_ip", "198.51.100.2", "proto", "UDP", "depth", 2),
            object(record, "tunnel"));
        assertEquals(List.of("vxlan", "gre"), object(record, "weir").get("tunnels"));
        assertEquals(4_294_967_294L, object(record, "weir").get("tunnel_id"));
    }

    @Test
    void shouldWriteValidRecordsWhateverTheEventHolds() throws IOException {
        final Random random = new Random(6);
        final byte[] bytes = new byte[FlowEvent.LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(FlowEvent.LENGTH));
        final FlowEvent event = new FlowEvent().wrap(buffer, 0);
        try (EveOutput output = open(false, 0)) {
            for (int i = 0; i < 5_000; i++) {
                random.nextBytes(bytes);
                buffer.putBytes(0, bytes);
                output.flow(event);
            }
        }
        assertEquals(5_000, records().size());
    }

    @Test
    void shouldWriteAnAnomalyAsSuricataDoes() throws IOException {
        final AnomalyEvent event = AnomalyEvents.of(Anomaly.STREAM_OVERLAP_DIFFERENT_DATA);
        event.concerns(1 << 20, 12);
        event.copies(0x0123_4567_89ab_cdefL, -1);
        final FlowEvents flow = FlowEvents.of(6);
        try (EveOutput output = open(false, 0)) {
            output.anomaly(event);
            output.flow(flow.event());
        }
        final Map<String, Object> record = records().get(0);
        assertEquals(List.of("timestamp", "flow_id", "pcap_cnt", "event_type", "src_ip", "src_port", "dest_ip",
            "dest_port", "proto", "ip_v", "anomaly", "community_id", "weir"), List.copyOf(record.keySet()));
        assertEquals("anomaly", record.get("event_type"));
        assertEquals(99, record.get("pcap_cnt"));
        assertEquals(Map.of("type", "stream", "event", "stream.reassembly_overlap_different_data"),
            object(record, "anomaly"));
        assertEquals(Map.of("count", 1, "stream_offset", 1 << 20, "length", 12, "kept_hash", "0123456789abcdef",
            "refused_hash", "ffffffffffffffff"), object(record, "weir"));
        assertEquals(records().get(1).get("community_id"), record.get("community_id"));
    }

    @Test
    void shouldWriteAnomaliesOfFramesWithoutAddresses() throws IOException {
        final AnomalyEvent event = AnomalyEvents.of(Anomaly.FRAGMENT_TINY);
        event.flow().identity(0, 0, 0, 0);
        event.flow().protocol(0, 0);
        event.what(Anomaly.FRAGMENT_TINY, 5);
        try (EveOutput output = open(false, 0)) {
            output.anomaly(event);
        }
        final Map<String, Object> record = records().get(0);
        assertEquals(List.of("timestamp", "pcap_cnt", "event_type", "anomaly", "weir"), List.copyOf(record.keySet()));
        assertEquals(Map.of("count", 5), object(record, "weir"));
    }

    @Test
    void shouldUseSuricatasNameOfEveryAnomalyItKnows() {
        schema.ifPresent(eve -> {
            for (int i = 0; i < Anomaly.COUNT; i++) {
                final Anomaly anomaly = Anomaly.of(i);
                assertEquals(!AnomalyEvents.OURS.contains(anomaly), eve.knows("properties/stats/properties/"
                    + anomaly.eventName().replaceFirst("^decoder\\.", "decoder.event.").replace(".", "/properties/")),
                    anomaly.eventName());
            }
        });
    }

    @Test
    void shouldWriteStatisticsUnderSuricatasNamesAndAllCountersUnderOurs() throws IOException {
        final CounterTotals counters = new CounterTotals().set(Counter.FRAMES_RECEIVED, 110)
            .set(Counter.FRAMES_PROCESSED, 100).set(Counter.BYTES_PROCESSED, 6_000).set(Counter.DROP_KERNEL, 10)
            .set(Counter.TCP_CONNECTIONS, 7).set(Counter.TCP_GAPS, 2)
            .set(Counter.IP_DATAGRAMS_TIMED_OUT, 3);
        final CaptureStatistics capture = new CaptureStatistics();
        capture.received = 110;
        capture.kernelDropped = 10;
        final FlowTotals flows = new FlowTotals();
        flows.add(FlowEvents.of(6).event());
        flows.add(recognised(6, "http", 4));
        flows.add(recognised(17, "dns", 2));
        flows.add(recognised(17, "dns", 1));
        flows.add(recognised(6, "bgp", 1));
        final FlowEvent unknown = FlowEvents.of(17).event();
        unknown.labels(FlowEvent.UNRECOGNISED, 0, 0);
        flows.add(unknown);
        final AnomalyTotals anomalies = new AnomalyTotals();
        anomalies.add(AnomalyEvents.of(Anomaly.STREAM_GAP));
        try (EveOutput output = open(true, 0)) {
            output.statistics(new StatisticsReport(FlowEvents.START_NS, 5 * SECOND_NS, true, counters, decoded(),
                capture, flows, anomalies));
        }
        final Map<String, Object> record = records().get(0);
        final Map<String, Object> stats = object(record, "stats");
        assertEquals("stats", record.get("event_type"));
        assertEquals(5, stats.get("uptime"));
        assertEquals(Map.of("kernel_packets", 110, "kernel_drops", 10, "kernel_ifdrops", 0), object(stats, "capture"));
        final Map<String, Object> decoder = object(stats, "decoder");
        assertEquals(List.of(100, 6_000, 60), List.of(decoder.get("pkts"), decoder.get("bytes"),
            decoder.get("avg_pkt_size")));
        assertEquals(List.of(2, 2, 1, 0, 1, 1514), List.of(decoder.get("ethernet"), decoder.get("ipv4"),
            decoder.get("tcp"), decoder.get("udp"), decoder.get("invalid"), decoder.get("max_pkt_size")));
        assertEquals(Map.of("ipv4", Map.of("trunc_pkt", 1), "tcp", Map.of("pkt_too_small", 1)),
            object(decoder, "event"));
        assertEquals(3, object(stats, "flow").get("tcp"));
        assertEquals(Map.of("flow", Map.of("failed_tcp", 0, "failed_udp", 1, "http", 1, "dns_tcp", 0, "dns_udp", 2),
            "tx", Map.of("http", 4, "dns_tcp", 0, "dns_udp", 3)), object(stats, "app_layer"));
        assertEquals(7, object(stats, "tcp").get("sessions"));
        assertEquals(2, object(stats, "tcp").get("reassembly_gap"));
        assertEquals(3, object(object(stats, "defrag"), "wrk").get("tracker_timeout"));
        assertEquals(Map.of("stream.reassembly_seq_gap", 1), object(object(record, "weir"), "anomalies"));
        assertEquals(10, object(object(record, "weir"), "counters").get("dropped_kernel"));
        assertEquals(Counter.values().length, object(object(record, "weir"), "counters").size());
    }

    private static FlowEvent recognised(final int transport, final String protocol, final int transactions) {
        final FlowEvent event = FlowEvents.of(transport).event();
        event.protocols(Protocols.all().stream().filter(each -> protocol.equals(each.name())).findFirst().orElseThrow()
            .id(), 0, 0);
        event.labels(0, 0, transactions);
        return event;
    }

    /** A good frame, one that lies about its length, and one that the capture cut off. */
    private static DecoderCounts decoded() {
        final Frame frame = new Frame();
        frame.layerCount = 3;
        frame.setLayer(0, LayerType.ETHERNET.ordinal() << 24);
        frame.setLayer(1, LayerType.IPV4.ordinal() << 24 | 14);
        frame.setLayer(2, LayerType.TCP.ordinal() << 24 | 34);
        frame.capturedLength = 1514;
        frame.wireLength = 1514;
        final DecoderCounts worker = new DecoderCounts();
        worker.count(new Frame[] {frame}, 1);
        frame.layerCount = 2;
        frame.error = DecodeError.IPV4_LENGTH_BEYOND_FRAME.ordinal();
        worker.count(new Frame[] {frame}, 1);
        frame.layerCount = 0;
        frame.error = DecodeError.TRUNCATED_TCP.ordinal();
        frame.capturedLength = 40;
        worker.count(new Frame[] {frame}, 1);
        return new DecoderCounts().add(worker);
    }

    @Test
    void shouldSumAFloodUpPerDestination() throws IOException {
        try (EveOutput output = open(true, 10)) {
            output.advance(0);
            for (int i = 0; i < 5_010; i++) {
                final String source = "10.1." + (i >> 8) + "." + (i & 0xff);
                final String destination = (i & 1) == 0 ? "192.0.2.1" : "192.0.2.2";
                output.flow(FlowEvents.of(6).between(source, i, destination, (i & 1) == 0 ? 80 : i)
                    .lone(FlowEvents.START_NS + i).event());
            }
            output.flow(FlowEvents.of(6).event());
            output.advance(SECOND_NS);
            output.flow(FlowEvents.of(6).lone(FlowEvents.START_NS).event());
        }
        final List<Map<String, Object>> records = records();
        assertEquals(10 + 1 + 2 + 1, records.size());
        Map<String, Object> toPort80 = records.get(11);
        Map<String, Object> toMany = records.get(12);
        if (!"192.0.2.1".equals(toPort80.get("dest_ip"))) {
            final Map<String, Object> swapped = toPort80;
            toPort80 = toMany;
            toMany = swapped;
        }
        assertEquals(80, toPort80.get("dest_port"));
        assertNull(toMany.get("dest_port"));
        assertEquals(2_500, object(toPort80, "flow").get("pkts_toserver"));
        assertEquals(150_000, object(toPort80, "flow").get("bytes_toserver"));
        final Map<String, Object> flood = object(object(toPort80, "weir"), "flood");
        assertEquals(2_500, flood.get("flows"));
        assertEquals(2_500, (int) flood.get("sources"), 150);
        assertEquals(1, flood.get("ports"));
        assertEquals(2_500, (int) object(object(toMany, "weir"), "flood").get("ports"), 150);
    }

    @Test
    void shouldBoundTheDestinationsOfAFlood() throws IOException {
        try (EveOutput output = open(true, 1)) {
            for (int i = 0; i < 3_001; i++) {
                output.flow(FlowEvents.of(17).between("10.0.0.1", 5, "172.16." + (i >> 8) + "." + (i & 0xff), 53)
                    .lone(FlowEvents.START_NS).event());
            }
        }
        final List<Map<String, Object>> records = records();
        assertEquals(1 + FloodGate.MAX_DESTINATIONS + 1, records.size());
        final Map<String, Object> rest = records.get(records.size() - 1);
        assertFalse(rest.containsKey("dest_ip"));
        assertEquals(3_000 - FloodGate.MAX_DESTINATIONS, object(rest, "flow").get("pkts_toserver"));
    }

    @Test
    void shouldReplaceFilesOfflineAndAddToThemLive() throws IOException {
        for (final boolean live : new boolean[] {false, false, true, true}) {
            try (EveOutput output = open(live, 0)) {
                output.flow(FlowEvents.of(17).event());
            }
        }
        assertEquals(3, records().size());
    }

    @Test
    void shouldFlushAtLeastOncePerSecondOfLiveTime() throws IOException, InterruptedException {
        try (EveOutput output = open(true, 0)) {
            output.advance(0);
            output.flow(FlowEvents.of(17).event());
            output.advance(SECOND_NS);
            for (int i = 0; i < 1_000 && Files.size(file()) == 0; i++) {
                Thread.sleep(10);
            }
            assertTrue(Files.size(file()) > 0, "written within ten seconds while the output is open");
        }
    }
}
