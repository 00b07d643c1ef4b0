package io.weir.monitor;

import io.weir.base.WallClock;
import io.weir.event.AlertEvent;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.FlowEvent;
import io.weir.output.RecordOutput;
import io.weir.protocol.FieldList;
import io.weir.protocol.FieldType;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Rule;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.FlowTotals;
import io.weir.stats.IpProtocol;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.Pause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Keeps what the aggregator tells: the newest alerts and, once a second, a copy of the totals. The aggregator's thread
 * calls everything but {@link #newest()}.
 */
public final class RecordView implements RecordOutput {
    /** Alerts that are kept. */
    static final int ALERTS = 20;
    /** Elephants that are kept. */
    static final int ELEPHANTS = 10;

    private static final LatencyStage[] STAGES = LatencyStage.values();
    private static final Pause[] PAUSES = Pause.values();

    private static final int LONGEST_TEXT = 256;
    private static final Set<String> SUBJECTS = Set.of("tls.sni", "quic.sni", "dtls.sni", "http.host",
        "dns.queries.rrname", "mdns.queries.rrname", "smtp.helo");

    private final ArrayDeque<AlertRow> alerts = new ArrayDeque<>();
    private final ArrayDeque<ElephantRow> elephants = new ArrayDeque<>();
    private final LatencyView latencies =
        new LatencyView(Arrays.stream(STAGES).map(LatencyStage::label).toList());
    private final LatencyView pauses = new LatencyView(Arrays.stream(PAUSES).map(Pause::label).toList());
    private final SlowView slowest = new SlowView();
    private final WallClock wall = new WallClock();
    private long intervals;
    private final BitSet subjects = new BitSet();
    private volatile Records newest = Records.NONE;

    /** Makes an empty view. */
    public RecordView() {
        Protocols.fields().stream().filter(field -> SUBJECTS.contains(field.name()) && field.type() == FieldType.TEXT)
            .forEach(field -> subjects.set(field.id()));
    }

    /** The newest totals. Any thread. */
    Records newest() {
        return newest;
    }

    @Override
    public void alert(final AlertEvent event, final Rule rule) {
        final FlowEvent flow = event.flow();
        final boolean turned = flow.flowId() != 0 && !event.isToServer();
        addFirst(alerts, ALERTS, new AlertRow(event.stampNs() / 1_000_000, rule.id().toString(), message(rule),
            rule.metadata().severity(), endpoint(flow, !turned), endpoint(flow, turned), protocol(flow),
            subject(event)));
    }

    @Override
    public void anomaly(final AnomalyEvent event) {
        if (event.anomaly() == Anomaly.FLOW_ELEPHANT) {
            final FlowEvent flow = event.flow();
            addFirst(elephants, ELEPHANTS, new ElephantRow(event.stampNs() / 1_000_000, endpoint(flow, true),
                endpoint(flow, false), protocol(flow)));
        }
    }

    private static <T> void addFirst(final ArrayDeque<T> rows, final int most, final T row) {
        if (rows.size() == most) {
            rows.removeLast();
        }
        rows.addFirst(row);
    }

    private static String protocol(final FlowEvent flow) {
        final int lead = flow.protocolNumber(flow.lead());
        return lead != 0 ? Protocols.name(lead) : flow.ipVersion() == 0 ? "" : IpProtocol.label(flow.protocol());
    }

    private static String message(final Rule rule) {
        final String message = rule.metadata().message();
        return message.substring(0, Math.min(LONGEST_TEXT, message.length()));
    }

    private static String endpoint(final FlowEvent flow, final boolean initiator) {
        return initiator
            ? SlowRow.endpoint(flow.ipVersion(), flow.initiatorHi(), flow.initiatorLo(), flow.initiatorPort())
            : SlowRow.endpoint(flow.ipVersion(), flow.responderHi(), flow.responderLo(), flow.responderPort());
    }

    /** The first field of the transaction that says whom it was about. */
    private String subject(final AlertEvent event) {
        final DirectBuffer buffer = event.buffer();
        final int end = event.fieldsOffset() + event.fieldsLength();
        int at = event.fieldsOffset();
        while (at + FieldList.HEADER <= end) {
            final int id = buffer.getShort(at) & 0xffff;
            final int length = buffer.getShort(at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length < FieldList.SIBLING) {
                if (subjects.get(id)) {
                    final byte[] text = new byte[Math.min(length, LONGEST_TEXT)];
                    buffer.getBytes(at, text);
                    return new String(text, StandardCharsets.UTF_8);
                }
                at += length;
            }
        }
        return "";
    }

    @Override
    public void totals(final FlowTotals flows, final AnomalyTotals anomalies, final LatencyTotals latency) {
        // Latencies are collected less often where their intervals are longer: what was told last holds until then.
        final boolean collected = latency.intervals() != intervals;
        intervals = latency.intervals();
        final Records before = newest;
        newest = new Records(System.nanoTime(), flows.rows(), flows.applications(), anomalies.rows(),
            collected ? latencies.rows((stage, target) -> latency.copyTo(STAGES[stage], target)) : before.latencies(),
            collected ? pauses.rows((kind, target) -> latency.pauses().copyTo(PAUSES[kind], target)) : before.pauses(),
            collected ? slowest.rows(latency.newest(), wall.epochNs()) : before.slowest(),
            List.copyOf(elephants), List.copyOf(alerts));
    }

    @Override
    public void advance(final long nowNs) {
        // The totals come once a second.
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }
}
