package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.event.EventRing;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.packet.ChecksumBatch;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.AnomalyWriter;
import io.weir.reassembly.TcpReassembler;
import io.weir.rule.detect.Detection;
import io.weir.stats.Activity;
import io.weir.stats.DecoderCounts;

/**
 * Inspects frames. Owns a flow table and the sending end of an event ring; shares nothing.
 *
 * <p>Runs on the dispatcher's thread or behind a ring of its own; either way it gets batches of decoded frames.
 */
final class Worker implements AutoCloseable {
    private final FlowTable flows;
    private final TcpReassembler streams;
    private final Classifier classifier;
    private final AnomalyWriter anomalies;
    /** Null while there are no rules. */
    private final Detection detection;
    /** The same while it has rules, else null. */
    private Detection asked;
    private final EventRing events;
    private final Counters counters;
    private final WallClock clock;
    /** Null while none are taken. */
    private final BatchLatency latency;
    /** Null offline. */
    private final FlowWatch watch;
    /** Null while nobody watches. */
    private final Activity activity;

    private final ChecksumBatch checksums = new ChecksumBatch(Batch.CAPACITY);
    private final DecoderCounts decoded = new DecoderCounts();
    /** Of a batch: what {@link FlowTable#fetch} tells of each frame, and its flow once it was worked on. */
    private final long[] handles = new long[Batch.CAPACITY];
    /** Frames of a batch that are looked at beyond their headers, as far as their flows are known. */
    private final int[] lookedAt = new int[Batch.CAPACITY];
    /** Frames of a batch whose flows are not known. */
    private final int[] beginning = new int[Batch.CAPACITY];
    /** Place in the batch of the frame that {@link #activity} looks at next. */
    private int nextLook;
    private long touched;
    private boolean ended;
    private volatile long passedSequence;

    Worker(final FlowTable flows, final TcpReassembler streams, final Classifier classifier,
        final AnomalyWriter anomalies, final Detection detection, final EventRing events, final Counters counters,
        final WallClock clock, final BatchLatency latency, final FlowWatch watch, final Activity activity) {
        this.flows = flows;
        this.streams = streams;
        this.classifier = classifier;
        this.anomalies = anomalies;
        this.detection = detection;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
        this.latency = latency;
        this.watch = watch;
        this.activity = activity;
    }

    /** Works on the first {@code count} frames, in order. */
    void work(final Frame[] batch, final int count) {
        if (count == 0) {
            return;
        }
        if (detection != null) {
            detection.refresh();
            asked = detection.isIdle() ? null : detection;
        }
        final long beginNs = latency == null && activity == null ? 0 : clock.epochNs();
        final long framesBefore = decoded.frames();
        final long bytesBefore = decoded.bytes();
        // nothing but the flow table and inspection asks about the frames of most batches: plain ones are told apart
        final boolean asksFrames = asked != null && asked.asksFrames();
        final int usual = !asksFrames && watch == null && activity == null ? -1 : 0;
        nextLook = activity == null ? Integer.MAX_VALUE : activity.begin(count);
        if (checksums.verify(batch, count)) {
            judge(batch, count);
        }
        fetch(batch, count);
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            events.causedBy(frame.sequence, frame.timeNs);
            if ((frame.flags & Frame.MARKS) == 0) {
                classifier.onFrame(frame);
                final long handle = flows.onFrame(frame, handles[i]);
                handles[i] = handle;
                if ((frame.plain & usual) == 0) {
                    onOther(i, handle, frame);
                } else if (handle != FlowTable.NO_FLOW) {
                    if (asked != null) {
                        asked.comes(frame);
                    }
                    inspect(handle, frame);
                    if (asked != null) {
                        asked.goes(handle, frame);
                    }
                }
            } else {
                onMark(frame);
            }
        }
        decoded.count(batch, count);
        final int inspected = (int) (decoded.frames() - framesBefore);
        counters.set(Counter.FRAMES_PROCESSED, decoded.frames());
        counters.set(Counter.BYTES_PROCESSED, decoded.bytes());
        if (detection != null && detection.isAwaiting()) {
            counters.add(Counter.FRAMES_BEFORE_RULES, inspected);
        }
        passedSequence = batch[count - 1].sequence;
        if (inspected > 0) {
            timed(batch, count, inspected, beginNs, decoded.bytes() - bytesBefore);
        }
    }

    /** Of segments whose checksums are not known to be right. */
    private void judge(final Frame[] batch, final int count) {
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            if (frame.protocol == FlowProtocol.IP_TCP
                && (frame.flags & (Frame.MARKS | Frame.CHECKSUMS_RIGHT)) == 0) {
                streams.judge(frame);
            }
        }
    }

    /** Works on a frame that is not plain, or that others want to know about. */
    private void onOther(final int place, final long handle, final Frame frame) {
        if (frame.plain == 0) {
            anomalies.onFrame(handle, frame);
        }
        if (asked != null) {
            asked.arrives(frame);
        }
        if (handle != FlowTable.NO_FLOW) {
            inspect(handle, frame);
            if (watch != null) {
                watch.onFrame(handle, frame);
            }
        }
        if (asked != null) {
            asked.onFrame(handle, frame);
        }
        if (place >= nextLook) {
            nextLook += look(handle, frame);
        }
    }

    private int look(final long handle, final Frame frame) {
        return handle == FlowTable.NO_FLOW ? activity.look(frame, 0, 0)
            : activity.look(frame, classifier.lead(handle), classifier.application(handle));
    }

    private void timed(final Frame[] batch, final int count, final int inspected, final long beginNs,
        final long batchBytes) {
        if (latency == null && activity == null) {
            return;
        }
        final long endNs = clock.epochNs();
        if (activity != null) {
            activity.end(inspected, batchBytes);
            activity.busy(Math.max(0, endNs - beginNs));
        }
        if (latency != null) {
            latency.record(batch, count, handles, inspected, beginNs, endNs);
        }
    }

    /**
     * Passes that only fetch, so that the cache misses of a batch overlap: index buckets, then flow records,
     * connections and labels, which share their number (of a flow not known yet the next free ones), then what is being
     * inspected and its parser, then what that needs; and where records will go. What only a call can tell which way to
     * go comes in a pass behind the one that has fetched what the call depends on. Passes are short: the fewer steps
     * there are between misses, the more of them the processor has under way.
     */
    private void fetch(final Frame[] batch, final int count) {
        events.fetch();
        flows.fetch(batch, count, handles);
        final int noted = fetchStates(batch, count);
        final boolean fetches = asked != null && asked.fetches();
        if (fetches) {
            fetchRules(batch, count);
        }
        for (int n = 0; n < noted; n++) {
            final int i = lookedAt[n];
            classifier.expect(handles[i], batch[i]);
            if (fetches && batch[i].payloadLength > 0) {
                asked.touchStream(handles[i], batch[i]);
            }
        }
        classifier.fetch();
    }

    /** Fetches what lies under the number of each frame's flow; notes the frames of known flows that are looked at. */
    private int fetchStates(final Frame[] batch, final int count) {
        long sum = 0;
        int noted = 0;
        int begun = 0;
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            final long handle = handles[i];
            if (handle == FlowTable.NO_FLOW) {
                beginning[begun++] = i;
                continue;
            }
            sum += flows.touch(handle) + streams.touch(handle, frame);
            if (isLookedAt(frame)) {
                sum += classifier.touch(handle);
                lookedAt[noted++] = i;
            }
        }
        touched += sum;
        fetchFree(batch, begun);
        return noted;
    }

    /** Fetches what the frames that were noted will take whose flows are not known. */
    private void fetchFree(final Frame[] batch, final int begun) {
        long free = FlowTable.NO_FLOW;
        long sum = 0;
        for (int n = 0; n < begun; n++) {
            final Frame frame = batch[beginning[n]];
            if (frame.flowHash != 0) {
                free = flows.following(free);
                if (free != FlowTable.NO_FLOW) {
                    final long end = flows.touchFree(free);
                    if (end == free + 1) {
                        sum += streams.touch(free, frame) + classifier.touch(free);
                    } else {
                        sum += touchRun(free, end);
                    }
                }
            }
        }
        touched += sum;
    }

    /** Reads what goes by the handles of a run of flows to come; each of these loops goes straight through memory. */
    private long touchRun(final long from, final long to) {
        long sum = 0;
        for (long handle = from; handle < to; handle++) {
            sum += streams.touchFree(handle);
        }
        for (long handle = from; handle < to; handle++) {
            sum += classifier.touch(handle);
        }
        return sum;
    }

    private void fetchRules(final Frame[] batch, final int count) {
        for (int i = 0; i < count; i++) {
            if (handles[i] != FlowTable.NO_FLOW) {
                asked.touch(handles[i], batch[i]);
            }
        }
    }

    /** What the passes before the work have read; keeps the compiler from leaving them out. */
    long touched() {
        return touched;
    }

    private static boolean isLookedAt(final Frame frame) {
        return frame.payloadLength > 0 || (frame.tcpFlags & TcpFlags.FIN) != 0;
    }

    private void inspect(final long handle, final Frame frame) {
        if (frame.protocol == FlowProtocol.IP_TCP) {
            streams.onSegment(handle, frame);
        } else if (frame.protocol == FlowProtocol.IP_UDP) {
            classifier.onDatagram(handle, frame);
        } else if (frame.protocol == FlowProtocol.IP_SCTP) {
            classifier.onChunks(handle, frame);
        }
    }

    private void onMark(final Frame mark) {
        classifier.onMark();
        anomalies.onMark(mark);
        if (asked != null) {
            asked.onMark(mark);
        }
        if ((mark.flags & Frame.TICK) != 0) {
            flows.onTick(mark.sequence, mark.timeNs);
            if (watch != null) {
                watch.onTick();
            }
        } else {
            events.waitWhenFull();
            flows.endAll(mark.sequence, mark.timeNs);
            ended = true;
        }
    }

    /** Sequence of the last frame or tick this worker is done with; its records are all on the ring. Any thread. */
    long passedSequence() {
        return passedSequence;
    }

    /** True once the end of the trace was worked on. */
    boolean isEnded() {
        return ended;
    }

    /** What passes it at the moment, or null if nobody watches. */
    Activity activity() {
        return activity;
    }

    Detection detection() {
        return detection;
    }

    EventRing events() {
        return events;
    }

    Counters counters() {
        return counters;
    }

    /** What was decoded so far. Any thread. */
    DecoderCounts decoded() {
        return decoded;
    }

    @Override
    public void close() {
        if (detection != null) {
            detection.close();
        }
        checksums.close();
        flows.close();
        streams.close();
        classifier.close();
        events.close();
    }
}
