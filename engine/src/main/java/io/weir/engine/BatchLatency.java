package io.weir.engine;

import io.weir.event.FlowEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.protocol.classify.Classifier;
import io.weir.stats.LatencyInterval;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import io.weir.stats.SlowFrame;
import io.weir.stats.SlowFrames;
import java.util.Arrays;

/**
 * Takes the latencies of a worker's batches. Clocks are read once per batch and stage; what neighbouring frames share
 * is recorded once, so that a frame costs a few comparisons.
 *
 * <p>Owned by the worker; allocates nothing.
 */
final class BatchLatency {
    /** Waits that differ by less than this part of them are one: what the histograms tell apart. */
    private static final int ALIKE_SHIFT = 7;

    private final LatencyRecorder recorder;
    private final int worker;
    private final boolean live;
    private final boolean queued;
    private final FlowTable flows;
    private final Classifier classifier;
    private final FlowView view = new FlowView();

    /**
     * Prepares.
     *
     * @param live   true if stamps are of the same clock as the engine's
     * @param queued true if the worker sits behind a ring
     */
    BatchLatency(final LatencyRecorder recorder, final int worker, final boolean live, final boolean queued,
        final FlowTable flows, final Classifier classifier) {
        this.recorder = recorder;
        this.worker = worker;
        this.live = live;
        this.queued = queued;
        this.flows = flows;
        this.classifier = classifier;
    }

    /** The stages a worker takes. */
    static LatencyStage[] stages(final boolean live, final boolean queued) {
        final LatencyStage[] always = {LatencyStage.CAPTURE_TO_DISPATCH, LatencyStage.WORK,
            LatencyStage.CAPTURE_TO_VERDICT};
        final LatencyStage[] stages = Arrays.copyOf(always, always.length + (live ? 2 : 0) + (queued ? 1 : 0));
        int at = always.length;
        if (live) {
            stages[at++] = LatencyStage.BLOCK_WAIT;
            stages[at++] = LatencyStage.ARRIVAL_TO_VERDICT;
        }
        if (queued) {
            stages[at] = LatencyStage.QUEUE_WAIT;
        }
        return stages;
    }

    /**
     * Records a batch.
     *
     * @param handles   flow of each frame, or {@link FlowTable#NO_FLOW}
     * @param inspected how many of them are frames
     * @param beginNs   when work on it began, in ns since 1970
     * @param endNs     when it was done
     */
    void record(final Frame[] batch, final int count, final long[] handles, final int inspected, final long beginNs,
        final long endNs) {
        final LatencyInterval interval = recorder.begin();
        interval.add(LatencyStage.WORK, (endNs - beginNs) / inspected, inspected);
        Frame first = null;
        Frame taken = null;
        int alike = 0;
        int together = 0;
        int oldest = -1;
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            if ((frame.flags & Frame.MARKS) != 0) {
                continue;
            }
            final boolean same = taken != null && isTakenTogether(taken, frame);
            if (live && alike > 0 && !(same && isAlike(first, frame))) {
                addArrivals(interval, first, alike, endNs);
                alike = 0;
            }
            if (together > 0 && !same) {
                addWay(interval, taken, together, beginNs, endNs);
                together = 0;
            }
            first = alike++ == 0 ? frame : first;
            taken = together++ == 0 ? frame : taken;
            if (oldest < 0 || startNs(frame) < startNs(batch[oldest])) {
                oldest = i;
            }
        }
        if (live) {
            addArrivals(interval, first, alike, endNs);
        }
        addWay(interval, taken, together, beginNs, endNs);
        keepSlow(interval, batch, count, handles, inspected, oldest, beginNs, endNs);
        recorder.end();
    }

    private boolean isTakenTogether(final Frame first, final Frame frame) {
        return first.visibleNs == frame.visibleNs && (!queued || first.dispatchedNs == frame.dispatchedNs);
    }

    private static boolean isAlike(final Frame first, final Frame frame) {
        return Math.abs(frame.timestampNs - first.timestampNs)
            <= first.visibleNs - first.timestampNs >> ALIKE_SHIFT;
    }

    private void addWay(final LatencyInterval interval, final Frame frame, final int frames, final long beginNs,
        final long endNs) {
        interval.add(LatencyStage.CAPTURE_TO_DISPATCH, dispatchedNs(frame, beginNs) - frame.visibleNs, frames);
        interval.add(LatencyStage.CAPTURE_TO_VERDICT, endNs - frame.visibleNs, frames);
        if (queued) {
            interval.add(LatencyStage.QUEUE_WAIT, beginNs - frame.dispatchedNs, frames);
        }
    }

    private static void addArrivals(final LatencyInterval interval, final Frame frame, final int frames,
        final long endNs) {
        interval.add(LatencyStage.BLOCK_WAIT, frame.visibleNs - frame.timestampNs, frames);
        interval.add(LatencyStage.ARRIVAL_TO_VERDICT, endNs - frame.timestampNs, frames);
    }

    /** Of each batch the frame that was under way longest, and if the batch took long, the one with most to look at. */
    private void keepSlow(final LatencyInterval interval, final Frame[] batch, final int count, final long[] handles,
        final int inspected, final int oldest, final long beginNs, final long endNs) {
        final long longestNs = endNs - startNs(batch[oldest]);
        if (interval.slowest().wants(longestNs)) {
            keep(interval.slowest(), longestNs, batch[oldest], handles[oldest], inspected, beginNs, endNs);
        }
        if (interval.longestBatches().wants(endNs - beginNs)) {
            int largest = oldest;
            for (int i = 0; i < count; i++) {
                if ((batch[i].flags & Frame.MARKS) == 0 && batch[i].payloadLength > batch[largest].payloadLength) {
                    largest = i;
                }
            }
            keep(interval.longestBatches(), endNs - beginNs, batch[largest], handles[largest], inspected, beginNs,
                endNs);
        }
    }

    private long startNs(final Frame frame) {
        return live ? frame.timestampNs : frame.visibleNs;
    }

    private long dispatchedNs(final Frame frame, final long beginNs) {
        return queued ? frame.dispatchedNs : beginNs;
    }

    private void keep(final SlowFrames list, final long rankNs, final Frame frame, final long handle,
        final int batchFrames, final long beginNs, final long endNs) {
        final SlowFrame kept = list.add(rankNs);
        kept.number = frame.number;
        kept.stampNs = frame.timestampNs;
        kept.live = live;
        kept.visibleNs = frame.visibleNs;
        kept.dispatchedNs = dispatchedNs(frame, beginNs);
        kept.beginNs = beginNs;
        kept.endNs = endNs;
        kept.batchFrames = batchFrames;
        kept.worker = worker;
        kept.length = frame.wireLength;
        kept.ipVersion = frame.ipVersion;
        kept.protocol = frame.protocol;
        final boolean turned = frame.fromUpper;
        kept.sourceHi = turned ? frame.upperHi : frame.lowerHi;
        kept.sourceLo = turned ? frame.upperLo : frame.lowerLo;
        kept.destinationHi = turned ? frame.lowerHi : frame.upperHi;
        kept.destinationLo = turned ? frame.lowerLo : frame.upperLo;
        kept.sourcePort = frame.sourcePort();
        kept.destinationPort = frame.destinationPort();
        final boolean known = handle != FlowTable.NO_FLOW && isOf(view.wrap(flows, handle), frame);
        kept.flowId = known ? view.flowId() : 0;
        kept.recognised = known ? innermost(handle) : 0;
    }

    /** The flow may have ended within the batch, and its place may be another's by now. */
    private static boolean isOf(final FlowView flow, final Frame frame) {
        return flow.lowerHi() == frame.lowerHi && flow.lowerLo() == frame.lowerLo && flow.upperHi() == frame.upperHi
            && flow.upperLo() == frame.upperLo && flow.lowerPort() == (frame.lowerPort & 0xffff)
            && (flow.upperPort() & 0xffff) == (frame.upperPort & 0xffff) && flow.protocol() == frame.protocol;
    }

    private int innermost(final long handle) {
        int found = 0;
        for (int i = 0; i < FlowEvent.MAX_PROTOCOLS; i++) {
            final int next = classifier.protocol(handle, i);
            found = next == 0 ? found : next;
        }
        return found;
    }
}
