package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.packet.Frame;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.AnomalySink;
import io.weir.reassembly.TcpReassembler;
import io.weir.rule.detect.Detection;

/**
 * Watches which flows a live worker works for: tells the dispatcher of them, and finds elephants, flows with a large
 * share of the bytes. Looks at every {@value #SAMPLE}th frame; flows with many frames do not escape that. One worker.
 */
final class FlowWatch {
    /** One frame of so many is looked at, and stands for all of them. Odd: data and answers alternate. */
    static final int SAMPLE = 17;
    /** An elephant has at least so many bytes in an interval. */
    static final long LEAST_BYTES = 16 << 20;

    private static final int INTERVAL_TICKS = 10;

    private final ElephantPolicy policy;
    private final long sharePercent;
    private final FlowTable flows;
    private final Classifier classifier;
    private final TcpReassembler streams;
    /** Null while there are no rules. */
    private final Detection detection;
    private final AnomalySink anomalies;
    private final Counters counters;
    /** Null if there is no dispatcher that drops frames. */
    private final FlowHints hints;

    private final HeavyFlows heavy = new HeavyFlows();
    private int looked;
    private int ticks;

    FlowWatch(final ElephantPolicy policy, final int sharePercent, final FlowTable flows, final Classifier classifier,
        final TcpReassembler streams, final Detection detection, final AnomalySink anomalies, final Counters counters,
        final FlowHints hints) {
        this.policy = policy;
        this.sharePercent = sharePercent;
        this.flows = flows;
        this.classifier = classifier;
        this.streams = streams;
        this.detection = detection;
        this.anomalies = anomalies;
        this.counters = counters;
        this.hints = hints;
    }

    /** A frame of a flow was worked on. */
    void onFrame(final long handle, final Frame frame) {
        // what was settled for an earlier flow of this hash is not for this one
        if (hints != null && flows.isBegunBy(handle, frame)) {
            hints.known(frame.flowHash);
        }
        if (++looked == SAMPLE) {
            looked = 0;
            sample(handle, frame);
        }
    }

    private void sample(final long handle, final Frame frame) {
        if (policy != ElephantPolicy.OFF) {
            final long bytes = heavy.add(handle, frame.flowHash, (long) frame.wireLength * SAMPLE);
            if (bytes >= LEAST_BYTES && bytes * 100 >= heavy.total() * sharePercent
                && flows.noteAnomalies(handle, Anomaly.FLOW_ELEPHANT.bit()) != 0) {
                onElephant(handle, frame);
            }
        }
        if (hints == null) {
            return;
        }
        if (classifier.isOver(handle) && (detection == null || detection.isOver(handle))) {
            hints.settled(frame.flowHash);
        } else {
            hints.known(frame.flowHash);
        }
    }

    private void onElephant(final long handle, final Frame frame) {
        counters.increment(Counter.FLOWS_ELEPHANT);
        anomalies.anomaly(handle, frame, Anomaly.FLOW_ELEPHANT, AnomalyEvent.NO_OFFSET, 0, 0, 0);
        if (policy != ElephantPolicy.CUT_OFF) {
            return;
        }
        counters.increment(Counter.FLOWS_CUT_OFF);
        classifier.giveUp(handle);
        if (detection != null) {
            detection.giveUp(handle);
        }
        if (frame.protocol == FlowProtocol.IP_TCP) {
            streams.unwanted(handle << 1);
            streams.unwanted(handle << 1 | 1);
        }
    }

    /** A second has passed. */
    void onTick() {
        if (++ticks == INTERVAL_TICKS) {
            ticks = 0;
            heavy.clear();
        }
    }
}
