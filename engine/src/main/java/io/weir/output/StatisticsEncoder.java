package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import io.weir.event.Anomaly;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.IpProtocol;

/**
 * Writes statistics as EVE JSON: what Suricata has a name for under {@code stats}, every counter of ours, by its label,
 * under {@code weir.counters}. All values are totals since the start, but for gauges. One thread.
 *
 * <p>{@code flow.total} counts flows seen, ended or not; the counts by protocol, in {@code app_layer} too, are of flows
 * that ended.
 */
final class StatisticsEncoder {
    private static final byte[] HEAD = ascii("{\"timestamp\":");
    private static final byte[] UPTIME = ascii(",\"event_type\":\"stats\",\"stats\":{\"uptime\":");
    private static final byte[] KERNEL_PACKETS = ascii(",\"capture\":{\"kernel_packets\":");
    private static final byte[] KERNEL_DROPS = next("kernel_drops");
    private static final byte[] KERNEL_IFDROPS = next("kernel_ifdrops");
    private static final byte[] FLOW_TOTAL = ascii(",\"flow\":{\"total\":");
    private static final byte[] ACTIVE = next("active");
    private static final byte[] TCP = next("tcp");
    private static final byte[] UDP = next("udp");
    private static final byte[] ICMPV4 = next("icmpv4");
    private static final byte[] ICMPV6 = next("icmpv6");
    private static final byte[] MEMUSE = next("memuse");
    private static final byte[] TCP_SESSIONS = ascii("},\"tcp\":{\"sessions\":");
    private static final byte[][] TCP_NAMES = {
        next("midstream_pickups"), next("invalid_checksum"), next("overlap"), next("overlap_diff_data"),
        next("reassembly_gap"), next("reassembly_memuse"), next("segment_memcap_drop"), next("stream_depth_reached"),
        next("urgent_oob_data")
    };
    private static final Counter[] TCP_COUNTERS = {
        Counter.TCP_MIDSTREAM, Counter.TCP_CHECKSUMS_WRONG, Counter.TCP_SEGMENTS_OVERLAPPING,
        Counter.TCP_SEGMENTS_DIFFERING, Counter.TCP_GAPS, Counter.TCP_BYTES_BUFFERED, Counter.TCP_MEMORY_LIMIT_REACHED,
        Counter.TCP_DEPTH_REACHED, Counter.TCP_URGENT_BYTES
    };
    private static final byte[] DEFRAG_HARD_REUSE = ascii("},\"defrag\":{\"tracker_hard_reuse\":");
    private static final byte[] DEFRAG_TIMEOUT = ascii(",\"wrk\":{\"tracker_timeout\":");
    private static final byte[] WEIR = ascii("},\"weir\":{\"last\":");
    private static final byte[] SOFTNET_DROPPED = next("softnet_dropped");
    private static final byte[] RING_FREEZES = next("ring_freezes");
    private static final byte[] NATIVE_BYTES = next("native_bytes");
    private static final byte[] ANOMALIES = ascii(",\"anomalies\":{");
    private static final byte[] COUNTERS = ascii(",\"counters\":{");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final Counter[] ALL = Counter.values();
    private static final byte[][] NAMES = names();

    /** Writes one record, without the end of the line. */
    void encode(final StatisticsReport report, final JsonWriter json) {
        final CaptureStatistics capture = report.capture();
        final long frames = report.counters().get(Counter.FRAMES_PROCESSED);
        final long bytes = report.counters().get(Counter.BYTES_PROCESSED);
        final long active = report.counters().get(Counter.FLOWS_LIVE);
        json.begin().raw(HEAD).timestamp(report.timeNs());
        json.raw(UPTIME).number(report.uptimeNs() / 1_000_000_000L);
        json.raw(KERNEL_PACKETS).number(capture.received);
        json.raw(KERNEL_DROPS).number(capture.kernelDropped);
        json.raw(KERNEL_IFDROPS).number(capture.interfaceDropped);
        json.raw('}');
        DecoderStatistics.encode(report.decoded(), frames, bytes, json);
        json.raw(FLOW_TOTAL).number(report.flows().flows() + active).raw(ACTIVE).number(active);
        json.raw(TCP).number(report.flows().flows(IpProtocol.TCP));
        json.raw(UDP).number(report.flows().flows(IpProtocol.UDP));
        json.raw(ICMPV4).number(report.flows().flows(IpProtocol.ICMP));
        json.raw(ICMPV6).number(report.flows().flows(IpProtocol.ICMPV6));
        json.raw(MEMUSE).number(NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE));
        json.raw(TCP_SESSIONS).number(report.counters().get(Counter.TCP_CONNECTIONS));
        for (int i = 0; i < TCP_NAMES.length; i++) {
            json.raw(TCP_NAMES[i]).number(report.counters().get(TCP_COUNTERS[i]));
        }
        json.raw(DEFRAG_HARD_REUSE).number(report.counters().get(Counter.IP_DATAGRAMS_GIVEN_UP));
        json.raw(DEFRAG_TIMEOUT).number(report.counters().get(Counter.IP_DATAGRAMS_TIMED_OUT));
        json.raw('}').raw('}');
        ProtocolStatistics.encode(report.flows(), json);
        json.raw(WEIR).raw(report.last() ? TRUE : FALSE);
        json.raw(SOFTNET_DROPPED).number(capture.softnetDropped);
        json.raw(RING_FREEZES).number(capture.freezes);
        json.raw(NATIVE_BYTES).number(NativeMemory.inUse());
        anomalies(report.anomalies(), json);
        json.raw(COUNTERS);
        for (int i = 0; i < ALL.length; i++) {
            json.raw(NAMES[i]).number(report.counters().get(ALL[i]));
        }
        json.raw('}').raw('}').raw('}');
    }

    /** Those that occurred, by name. */
    private static void anomalies(final AnomalyTotals totals, final JsonWriter json) {
        json.raw(ANOMALIES);
        boolean first = true;
        for (int i = 0; i < Anomaly.COUNT; i++) {
            final Anomaly anomaly = Anomaly.of(i);
            if (totals.count(anomaly) > 0) {
                if (!first) {
                    json.raw(',');
                }
                first = false;
                json.string(anomaly.eventName()).raw(':').number(totals.count(anomaly));
            }
        }
        json.raw('}');
    }

    private static byte[][] names() {
        final byte[][] names = new byte[ALL.length][];
        for (int i = 0; i < names.length; i++) {
            // A drop reason and a total may share a word; the prefix keeps both.
            final String label = (ALL[i].kind() == Counter.Kind.DROP ? "dropped_" : "") + ALL[i].label();
            names[i] = i == 0 ? ascii('"' + label + "\":") : next(label);
        }
        return names;
    }
}
