package io.weir.reassembly;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.flow.FlowBitNames;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.flow.SenderIdentity;
import io.weir.packet.Frame;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes anomalies to the worker's event ring, where they may use the part that is kept for them; counts those the
 * ring refuses. Owned by one worker.
 *
 * <p>Their number is bounded: what streams and fragments show is written once for each kind and flow; of frames without
 * a flow, and of what the decoder finds, the first {@link #MOST_PER_SECOND} in each second of engine time are written
 * one by one, the others summed up by kind at the second's end. All of it depends on the frames' stamps alone.
 */
public final class AnomalyWriter implements AnomalySink {
    /** Anomalies of frames without a flow, or with headers that are wrong, that are written one by one in a second. */
    public static final int MOST_PER_SECOND = 100;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int BITS_ROOM = 1024;

    private final FlowTable flows;
    private final EventRing events;
    private final Counters counters;
    private final FlowView view = new FlowView();
    private final AnomalyEvent event = new AnomalyEvent();
    private final int[] withheld = new int[Anomaly.COUNT];
    private final boolean keepsFrames;
    private final UnsafeBuffer bits = new UnsafeBuffer(new byte[BITS_ROOM]);
    private FlowBitNames names = FlowBitNames.NONE;
    private long second = Long.MIN_VALUE;
    private int written;

    /**
     * Makes a writer.
     *
     * @param flows    the worker's
     * @param events   the worker's; told of each frame and tick by {@link EventRing#causedBy}
     * @param counters the worker's
     * @param frames   true to put the beginning of the frame into records
     */
    public AnomalyWriter(final FlowTable flows, final EventRing events, final Counters counters,
        final boolean frames) {
        keepsFrames = frames;
        this.flows = flows;
        this.events = events;
        this.counters = counters;
    }

    /** Says who knows what rules have set in flows; before the first frame. */
    public void names(final FlowBitNames value) {
        names = value;
    }

    @Override
    public void anomaly(final long handle, final Frame frame, final Anomaly anomaly, final long streamOffset,
        final int length, final long keptHash, final long refusedHash) {
        if (claim(handle, frame, anomaly, 1)) {
            event.concerns(streamOffset, length);
            event.copies(keptHash, refusedHash);
            events.commit();
        }
    }

    /**
     * Takes what the decoder and reassembly of IP fragments found odd about a frame. What is due to the capture, which
     * cut the frame off, is left out.
     *
     * @param handle flow of the frame, or {@link FlowTable#NO_FLOW}
     */
    public void onFrame(final long handle, final Frame frame) {
        if (frame.error != 0 && !frame.isCut()) {
            onError(handle, frame);
        }
        if (frame.anomalies == 0) {
            return;
        }
        int due = handle == FlowTable.NO_FLOW ? frame.anomalies : flows.noteAnomalies(handle, frame.anomalies);
        for (; due != 0; due &= due - 1) {
            final Anomaly anomaly = Anomaly.of(Integer.numberOfTrailingZeros(due));
            if (handle != FlowTable.NO_FLOW || isWithinRate(frame, anomaly)) {
                write(handle, frame, anomaly, 1);
            }
        }
    }

    private void onError(final long handle, final Frame frame) {
        final Anomaly anomaly = Anomaly.ofError(frame.error);
        if (anomaly != null && isWithinRate(frame, anomaly)) {
            write(handle, frame, anomaly, 1);
        }
    }

    private boolean isWithinRate(final Frame frame, final Anomaly anomaly) {
        final long now = Math.floorDiv(frame.timeNs, SECOND_NS);
        if (now > second) {
            second = now;
            written = 0;
        }
        if (written < MOST_PER_SECOND) {
            written++;
            return true;
        }
        withheld[anomaly.ordinal()]++;
        counters.increment(Counter.ANOMALIES_SUMMED_UP);
        return false;
    }

    /** Writes what was summed up. To be called with each tick and with the end of the trace, before flows end there. */
    public void onMark(final Frame mark) {
        for (int i = 0; i < withheld.length; i++) {
            if (withheld[i] > 0) {
                write(FlowTable.NO_FLOW, mark, Anomaly.of(i), withheld[i]);
                withheld[i] = 0;
            }
        }
    }

    private void write(final long handle, final Frame frame, final Anomaly anomaly, final int count) {
        if (claim(handle, frame, anomaly, count)) {
            event.concerns(AnomalyEvent.NO_OFFSET, 0);
            event.copies(0, 0);
            events.commit();
        }
    }

    private boolean claim(final long handle, final Frame frame, final Anomaly anomaly, final int count) {
        final boolean hasFlow = handle != FlowTable.NO_FLOW;
        final long minor = hasFlow ? view.wrap(flows, handle).firstFrame() : 0;
        final boolean isFrame = frame != null && (frame.flags & Frame.MARKS) == 0;
        final int kept = keepsFrames && isFrame ? Math.min(AnomalyEvent.MOST_OF_FRAME, frame.capturedLength) : 0;
        final int bitsLength = hasFlow ? names.write(handle, bits, BITS_ROOM) : 0;
        final int body = events.claimUrgent(EventType.ANOMALY, AnomalyEvent.LENGTH + kept + bitsLength,
            events.causeSequence(), minor);
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return false;
        }
        event.wrap(events.buffer(), body, kept, bitsLength);
        events.buffer().putBytes(body + event.bitsOffset(), bits, 0, bitsLength);
        event.what(anomaly, count);
        if (kept > 0) {
            event.packet(frame.address, frame.linkType);
        }
        if (hasFlow) {
            view.identify(event.flow(), isFrame ? frame.fromUpper : view.initiatorIsUpper());
        } else {
            SenderIdentity.write(event.flow(), isFrame ? frame : null);
        }
        if (isFrame) {
            event.flow().icmp(frame.icmpType, frame.icmpCode, 0, 0);
        }
        event.seenIn(frame == null ? view.endNs() : frame.timeNs, isFrame ? frame.number : 0);
        return true;
    }
}
