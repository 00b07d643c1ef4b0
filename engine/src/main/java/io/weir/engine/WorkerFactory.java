package io.weir.engine;

import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.event.EventRing;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowTable;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.AnomalyWriter;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.TcpReassembler;
import io.weir.rule.detect.Detection;
import io.weir.rule.detect.MatchListener;
import io.weir.stats.Activity;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.TrafficTotals;
import java.security.SecureRandom;
import java.util.List;

/** Makes the workers of an engine, each with a flow table, reassembly, parsers, rules and a record ring of its own. */
final class WorkerFactory {
    private final EngineContext context;
    private final boolean live;
    private final boolean queued;
    /** Null where no dispatcher drops frames. */
    private final FlowHints hints;
    private final List<LatencyRecorder> recorders;

    /**
     * Prepares.
     *
     * @param live      true if frames come from the wire
     * @param queued    true if workers sit behind rings
     * @param recorders takes those of the workers made
     */
    WorkerFactory(final EngineContext context, final boolean live, final boolean queued, final FlowHints hints,
        final List<LatencyRecorder> recorders) {
        this.context = context;
        this.live = live;
        this.queued = queued;
        this.hints = hints;
        this.recorders = recorders;
    }

    /** Makes a worker; whoever has it closes it. */
    Worker make(final int number, final Counters workerCounters) {
        final EventRing events = new EventRing(context.eventRingBytes(), !live);
        final FlowTable flows = new FlowTable(context.flowTable(), events, workerCounters);
        final AnomalyWriter odd = new AnomalyWriter(flows, events, workerCounters, context.keepsOddFrames());
        final Classifier classifier =
            new Classifier(context.classifier(), flows, context.applications(), events, workerCounters);
        final StreamSink wanted = context.streamSink(number, flows, events, workerCounters);
        final Detection detection = newDetection(number, flows, classifier, events, workerCounters);
        final StreamSink sink = both(both(detection == null ? StreamSink.NONE : detection.streams(),
            context.classifier().inspects() ? classifier : StreamSink.NONE), wanted);
        final TcpReassembler streams =
            detection == null ? new TcpReassembler(context.streams(), flows, sink, odd, workerCounters)
                : new TcpReassembler(context.streams(), flows, sink, detection, workerCounters,
                    context.detection().historyBytes());
        final boolean cutsOff = wanted == StreamSink.NONE && context.classifier().cutOff();
        final FlowObserver parsing = new FlowChain(streams, classifier);
        if (detection == null) {
            flows.observer(parsing);
        } else {
            flows.observer(new FlowChain(parsing, detection));
            detection.connect(streams, cutsOff ? streams::unwanted : null, odd);
            odd.names(detection::writeFlowBits);
        }
        if (cutsOff) {
            classifier.cutOff(detection == null ? streams::unwanted : detection::unwanted);
        }
        return new Worker(flows, streams, classifier, odd, detection, events, workerCounters,
            new WallClock(), newBatchLatency(number, flows, classifier),
            newWatch(flows, classifier, streams, detection, odd, workerCounters), newActivity());
    }

    private FlowWatch newWatch(final FlowTable flows, final Classifier classifier, final TcpReassembler streams,
        final Detection detection, final AnomalyWriter odd, final Counters workerCounters) {
        return !live ? null : new FlowWatch(context.elephants(), context.elephantShare(), flows, classifier,
            streams, detection, odd, workerCounters, hints);
    }

    private Activity newActivity() {
        return !context.isWatched() ? null : new Activity(Protocols.all().size(),
            TrafficTotals.APPLICATIONS, new SecureRandom().nextLong() | 1);
    }

    private Detection newDetection(final int number, final FlowTable flows, final Classifier classifier,
        final EventRing events, final Counters workerCounters) {
        if (context.rules() == null) {
            return null;
        }
        final MatchListener listener =
            context.matchListener(number, flows, classifier, events, workerCounters);
        final Detection detection = new Detection(context.detection(), context.rules(), flows, classifier,
            application -> context.applications().of(application).name(), listener, workerCounters);
        classifier.listener(detection);
        return detection;
    }

    private static StreamSink both(final StreamSink first, final StreamSink second) {
        if (first == StreamSink.NONE) {
            return second;
        }
        return second == StreamSink.NONE ? first : new StreamTee(first, second);
    }

    private BatchLatency newBatchLatency(final int number, final FlowTable flows, final Classifier classifier) {
        if (!context.latency()) {
            return null;
        }
        final LatencyRecorder recorder =
            new LatencyRecorder("worker-" + number, BatchLatency.stages(live, queued));
        recorders.add(recorder);
        return new BatchLatency(recorder, number, live, queued, flows, classifier);
    }
}
