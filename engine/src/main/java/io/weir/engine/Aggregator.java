package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.event.AlertEvent;
import io.weir.event.AnomalyEvent;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.ExpectationEvent;
import io.weir.event.FlowEvent;
import io.weir.event.NameEvent;
import io.weir.event.PacketEvent;
import io.weir.event.StreamEvent;
import io.weir.event.TransactionEvent;
import io.weir.flow.FlowProtocol;
import io.weir.output.RecordOutput;
import io.weir.output.StatisticsReport;
import io.weir.protocol.Confidence;
import io.weir.rule.alert.AlertedFlows;
import io.weir.rule.alert.Decisions;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.model.Action;
import io.weir.rule.model.Rule;
import io.weir.stats.AnnouncedAlerts;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.ExpectedFlows;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyCollector;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.LearntNames;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;

/**
 * Takes the workers' records in the order of the trace, keeps the totals and hands the records to the outputs.
 *
 * <p>The only thread that touches outputs and totals while the engine runs.
 */
final class Aggregator implements Agent {
    private static final int RECORDS_PER_CYCLE = 256;
    private static final int EXPECTED_FLOWS = 4 * 1024;
    private static final int LEARNT_NAMES = 64 * 1024;
    private static final long HOUSEKEEPING_NS = 1_000_000_000L;
    private static final LatencyTotals NO_LATENCIES = new LatencyTotals();

    private final EventMerge merge;
    private final List<RecordOutput> outputs;
    private final FlowTotals totals;
    private final AnomalyTotals anomalies;
    private final LatencyCollector latency;
    private final Statistics report;
    private final Counters counters;
    private final NanoClock monotonic;
    private final WallClock wall;
    private final List<LatencyRecorder> records;
    private final long latencyIntervalNs;
    private final FlowEvent flow = new FlowEvent();
    private final AnomalyEvent anomaly = new AnomalyEvent();
    private final StreamEvent stream = new StreamEvent();
    private final ExpectationEvent expectation = new ExpectationEvent();
    private final NameEvent name = new NameEvent();
    private final AlertEvent alert = new AlertEvent();
    private final PacketEvent packet = new PacketEvent();
    private final ActiveRules rules;
    private final Decisions decisions;
    private final AlertedFlows alerted = new AlertedFlows();
    private final ExpectedFlows expected = new ExpectedFlows(EXPECTED_FLOWS);
    private final AnnouncedAlerts announcedAlerts = new AnnouncedAlerts(expected);
    private final LearntNames names = new LearntNames(LEARNT_NAMES);
    private final TransactionEvent transaction = new TransactionEvent();
    private long housekeepingNs;
    private long statisticsNs;
    private volatile long statisticsIntervalNs;
    private long latencyNs;
    private volatile boolean finishing;

    /** Makes the statistics of this moment. */
    @FunctionalInterface
    interface Statistics {
        /**
         * Takes them now.
         *
         * @param last true at the end of the run
         */
        StatisticsReport take(boolean last);
    }

    /**
     * Makes an aggregator.
     *
     * @param counters             takes what is counted here, and by nobody else
     * @param monotonic            paces the housekeeping
     * @param wall                 stamps it
     * @param records              takes the time to each record handed out, one for each worker; empty for none
     * @param rules                in force, or null
     * @param decisions            what is known across flows
     * @param statisticsIntervalNs time between statistics records; 0 for one at the end alone
     * @param latencyIntervalNs    time between two intervals of latencies, in whole housekeepings
     */
    Aggregator(final EventMerge merge, final List<RecordOutput> outputs, final FlowTotals totals,
        final AnomalyTotals anomalies, final LatencyCollector latency, final Statistics report,
        final Counters counters, final NanoClock monotonic, final WallClock wall, final List<LatencyRecorder> records,
        final ActiveRules rules, final Decisions decisions, final long statisticsIntervalNs,
        final long latencyIntervalNs) {
        this.merge = merge;
        this.outputs = outputs;
        this.totals = totals;
        this.anomalies = anomalies;
        this.latency = latency;
        this.report = report;
        this.counters = counters;
        this.monotonic = monotonic;
        this.wall = wall;
        this.records = records;
        this.rules = rules;
        this.decisions = decisions;
        decisions.announcements(expected::isAnnounced);
        this.statisticsIntervalNs = statisticsIntervalNs;
        this.latencyIntervalNs = latencyIntervalNs;
        housekeepingNs = monotonic.nanoTime();
        statisticsNs = housekeepingNs;
        latencyNs = housekeepingNs;
    }

    /** Changes the time between statistics records, where there is one. Any thread. */
    void statisticsIntervalNs(final long value) {
        if (statisticsIntervalNs > 0) {
            statisticsIntervalNs = value;
        }
    }

    @Override
    public void onStart() {
        merge.readHere();
    }

    @Override
    public int doWork() {
        // Read before the records: the workers had ended by then, so no more can come after them.
        final boolean last = finishing;
        int handedOut = 0;
        while (handedOut < RECORDS_PER_CYCLE && merge.next()) {
            handOut(merge.ring(), merge.body());
            merge.done();
            handedOut++;
        }
        housekeepIfDue();
        if (last && handedOut == 0) {
            throw new AgentTerminationException("all records handed out");
        }
        return handedOut;
    }

    /** Says that the only worker's own thread calls this one, by {@link #handOutAll()}. */
    void readHere() {
        merge.readByWorker(this::handOutDue);
    }

    /** Hands out everything that is there, on the thread of the only worker; for behind a batch. */
    void handOutAll() {
        handOutDue();
        merge.startOver();
        housekeepIfDue();
    }

    private void handOutDue() {
        while (merge.next()) {
            handOut(merge.ring(), merge.body());
            merge.done();
        }
    }

    private void handOut(final EventRing ring, final int body) {
        switch (ring.type(body)) {
            case EventType.FLOW -> {
                flow.wrap(ring.buffer(), body);
                decide();
                count();
                totals.add(flow);
                for (int i = 0; i < outputs.size(); i++) {
                    outputs.get(i).flow(flow);
                }
                recordLatency(ring.causedNs(body));
            }
            case EventType.ANOMALY -> {
                anomaly.wrap(ring.buffer(), body);
                anomalies.add(anomaly);
                for (int i = 0; i < outputs.size(); i++) {
                    outputs.get(i).anomaly(anomaly);
                }
                recordLatency(ring.causedNs(body));
            }
            case EventType.STREAM -> {
                stream.wrap(ring.buffer(), body);
                for (int i = 0; i < outputs.size(); i++) {
                    outputs.get(i).stream(stream);
                }
            }
            case EventType.TRANSACTION -> {
                if (!outputs.isEmpty()) {
                    transaction.wrap(ring.buffer(), body);
                    if (transaction.hasPart()) {
                        handOut(transaction.part());
                    }
                    handOut(transaction);
                }
                recordLatency(ring.causedNs(body));
            }
            case EventType.ALERT -> {
                alert.wrap(ring.buffer(), body);
                decideAlert();
                recordLatency(ring.causedNs(body));
            }
            case EventType.PACKET -> {
                packet.wrap(ring.buffer(), body);
                for (int i = 0; i < outputs.size(); i++) {
                    outputs.get(i).packet(packet);
                }
            }
            case EventType.EXPECTATION -> {
                expected.announce(expectation.wrap(ring.buffer(), body));
                counters.set(Counter.EXPECTATIONS_CUT, expected.cut());
                counters.set(Counter.EXPECTATIONS_DISPLACED, expected.displaced());
            }
            case EventType.NAME -> names.learn(name.wrap(ring.buffer(), body));
            default -> throw new IllegalStateException("record of unknown type " + ring.type(body));
        }
    }

    private void handOut(final TransactionEvent event) {
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).transaction(event);
        }
    }

    /** Says of a flow what only others know. */
    private void decide() {
        final TransactionEvent announced = expected.decide(flow);
        if (announced != null) {
            handOut(announced);
        }
        if (alerted.take(flow.flowId())) {
            flow.labels(flow.labelFlags() | FlowEvent.ALERTED, flow.hints(), flow.transactions());
        }
        final boolean inferred = (flow.labelFlags() & FlowEvent.APPLICATION_INFERRED) != 0;
        final int named = flow.applicationNumber() == 0 || inferred ? names.application(flow) : 0;
        if (named != 0) {
            flow.application(named);
            flow.labels(flow.labelFlags() | FlowEvent.APPLICATION_INFERRED | FlowEvent.APPLICATION_NAMED,
                flow.hints(), flow.transactions());
        }
    }

    /** Counts what the content of a flow told; one that nobody but its announcement names is neither. */
    private void count() {
        if ((flow.labelFlags() & FlowEvent.UNRECOGNISED) != 0) {
            counters.increment(Counter.FLOWS_UNRECOGNISED);
        } else if (flow.confidence() >= Confidence.CONTENT.ordinal()
            && (flow.protocol() == FlowProtocol.IP_TCP || flow.protocol() == FlowProtocol.IP_UDP)) {
            counters.increment(Counter.FLOWS_RECOGNISED);
        }
    }

    /** Hands a match on if it is an alert. */
    private void decideAlert() {
        final Rule rule = rules.rule(alert.ruleSet(), alert.rule());
        final boolean holds = rule != null && decisions.decide(rule, alert);
        counters.set(Counter.RULE_STATES_FORGOTTEN, decisions.forgotten());
        if (!holds) {
            counters.increment(Counter.ALERTS_WITHHELD);
            return;
        }
        if (rule.captures() && alert.flow().flowId() != 0) {
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).captured(alert.flow());
            }
        }
        if (rule.action() != Action.SILENT) {
            counters.increment(Counter.ALERTS);
            if (!rule.acrossFlows().isEmpty()) {
                alerted.add(alert.flow().flowId());
            }
            final AlertEvent told = announcedAlerts.with(alert);
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).alert(told, rule);
            }
        }
    }

    private void recordLatency(final long causedNs) {
        if (!records.isEmpty()) {
            records.get(merge.worker()).record(LatencyStage.ARRIVAL_TO_RECORD, wall.epochNs() - causedNs);
        }
    }

    private void housekeepIfDue() {
        final long nowNs = monotonic.nanoTime();
        if (nowNs - housekeepingNs >= HOUSEKEEPING_NS) {
            housekeepingNs = nowNs;
            housekeep(nowNs);
        }
    }

    private void housekeep(final long nowNs) {
        if (latency != null && nowNs - latencyNs >= latencyIntervalNs) {
            latencyNs = nowNs;
            latency.collect(wall.epochNs() / 1_000_000);
        }
        if (statisticsIntervalNs > 0 && nowNs - statisticsNs >= statisticsIntervalNs) {
            statisticsNs = nowNs;
            final StatisticsReport statistics = report.take(false);
            for (final RecordOutput output : outputs) {
                output.statistics(statistics);
            }
        }
        showTotals();
        for (final RecordOutput output : outputs) {
            output.advance(nowNs);
        }
    }

    private void showTotals() {
        final LatencyTotals latencies = latency == null ? NO_LATENCIES : latency.totals();
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).totals(totals, anomalies, latencies);
        }
    }

    /** Tells that all workers have ended: the agent ends once their records are handed out. Any thread. */
    void finish() {
        finishing = true;
    }

    @Override
    public void onClose() {
        if (latency != null) {
            latency.collect(wall.epochNs() / 1_000_000);
        }
        showTotals();
        final StatisticsReport statistics = report.take(true);
        for (final RecordOutput output : outputs) {
            output.statistics(statistics);
            output.flush();
        }
    }

    @Override
    public String roleName() {
        return "weir-aggregate";
    }
}
