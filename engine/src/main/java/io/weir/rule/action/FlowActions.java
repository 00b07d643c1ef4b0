package io.weir.rule.action;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import io.weir.event.PacketEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.model.Effect;
import java.util.ArrayDeque;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Does in one worker what rules ask for beside alerts: sends packets of captured and tagged flows to the event ring,
 * and says in records how flows are labelled. Keeps something only of flows that rules matched.
 *
 * <p>While a rule captures, every frame of a flow is copied into a ring, so that the flow's file begins before the
 * match.
 */
public final class FlowActions implements AutoCloseable {
    private final ActionContext context;
    private final FlowTable flows;
    private final EventRing events;
    private final Counters counters;
    private final TaggedHosts hosts;
    private final Long2ObjectHashMap<FlowAction> acting = new Long2ObjectHashMap<>();
    private final ArrayDeque<FlowAction> free = new ArrayDeque<>();
    private final FlowView view = new FlowView();
    private final Frame earlier = new Frame();
    private final PacketEvent event = new PacketEvent();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private FlowAction ended;
    private PacketRing ring;
    private int made;

    /**
     * Makes the actions of a worker.
     *
     * @param context concluded
     */
    public FlowActions(final ActionContext context, final FlowTable flows, final EventRing events,
        final Counters counters) {
        if (!context.isConcluded()) {
            throw new IllegalArgumentException("the context is not concluded");
        }
        this.context = context;
        this.flows = flows;
        this.events = events;
        this.counters = counters;
        hosts = context.hosts();
    }

    /** Takes up rules that are in force from now on; true if {@link #worked} must hear of frames. */
    public boolean takeUp(final RuleSet set) {
        if (set.captures() && ring == null) {
            ring = new PacketRing(context.memory());
        } else if (!set.captures() && ring != null) {
            ring.close();
            ring = null;
        }
        return set.handsOn() || !acting.isEmpty() || hosts.isAny();
    }

    /** A rule matched that asks for something. */
    public void effect(final RuleSet set, final int rule, final Effect effect, final long flow, final Frame frame) {
        if (effect instanceof Effect.Tag tag && tag.host()) {
            if (frame == null || (frame.flags & Frame.MARKS) != 0 || !hosts.add(tag, frame)) {
                counters.increment(Counter.RULE_ACTIONS_REFUSED);
            }
            return;
        }
        final FlowAction action = flow == FlowTable.NO_FLOW ? null : of(flow);
        if (action == null) {
            counters.increment(Counter.RULE_ACTIONS_REFUSED);
            return;
        }
        if (effect instanceof Effect.Capture) {
            action.capture(!set.rule(rule).acrossFlows().isEmpty());
        } else if (effect instanceof Effect.Tag tag) {
            action.tag(tag);
        } else if (effect instanceof Effect.Label label && !action.label(set.label(label.word()))) {
            counters.increment(Counter.RULE_ACTIONS_REFUSED);
        }
    }

    /** What is done to a flow, or null if there are as many as may be. */
    private FlowAction of(final long flow) {
        FlowAction action = acting.get(flow);
        if (action == null) {
            action = free.pollLast();
            if (action == null) {
                if (made == context.flows()) {
                    return null;
                }
                made++;
                action = new FlowAction();
            }
            action.begin(flow, context.bytesPerFlow());
            acting.put(flow, action);
        }
        return action;
    }

    /** All rules were asked about a frame. */
    public void worked(final long flow, final Frame frame) {
        if (flow == FlowTable.NO_FLOW) {
            return;
        }
        final boolean ofHost = hosts.tags(frame);
        final FlowAction action = acting.isEmpty() ? null : acting.get(flow);
        if (action == null) {
            if (ring != null) {
                ring.add(flow, frame);
            }
            if (ofHost) {
                view.wrap(flows, flow);
                send(frame, PacketEvent.TAGGED, events.causeSequence());
            }
            return;
        }
        act(action, frame, ofHost);
    }

    private void act(final FlowAction action, final Frame frame, final boolean ofHost) {
        view.wrap(flows, action.handle);
        int marks = action.tags(frame.wireLength, frame.timeNs) || ofHost ? PacketEvent.TAGGED : 0;
        if (action.captures) {
            final int captured = Math.min(frame.capturedLength, PacketRing.MAX_FRAME);
            if (captured <= action.bytesLeft) {
                action.bytesLeft -= captured;
                sendEarlier(action, events.causeSequence());
                marks |= captureMarks(action);
            } else {
                sendEarlier(action, events.causeSequence());
                action.bytesLeft = 0;
                counters.increment(Counter.CAPTURED_FRAMES_LEFT_OUT);
            }
        } else if (ring != null) {
            ring.add(action.handle, frame);
        }
        if (marks != 0) {
            send(frame, marks, events.causeSequence());
        }
    }

    private static int captureMarks(final FlowAction action) {
        return PacketEvent.CAPTURED | (action.conditional ? PacketEvent.CONDITIONAL : 0);
    }

    /** Sends the frames from before the match that are still there; the flow is in view. */
    private void sendEarlier(final FlowAction action, final long sequence) {
        if (!action.hasEarlier) {
            return;
        }
        action.hasEarlier = false;
        if (ring != null) {
            final int marks = captureMarks(action);
            long position = ring.oldest(action.handle, view.firstFrame(), action.bytesLeft);
            for (; position != PacketRing.NONE; position = ring.later(position)) {
                ring.read(position, earlier);
                action.bytesLeft -= earlier.capturedLength;
                send(earlier, marks, sequence);
            }
        }
    }

    private void send(final Frame frame, final int marks, final long sequence) {
        final int captured = Math.min(frame.capturedLength, PacketRing.MAX_FRAME);
        final int body = events.claim(EventType.PACKET, PacketEvent.HEAD_LENGTH + captured, sequence,
            view.firstFrame());
        if (body < 0) {
            counters.increment(Counter.PACKETS_REFUSED);
            return;
        }
        event.wrap(events.buffer(), body, captured);
        view.identify(event.flow(), frame.fromUpper);
        event.seen(frame.timestampNs, frame.number);
        event.source(frame.wireLength, frame.linkType, frame.interfaceId, frame.flags, frame.strippedVlan);
        event.marks(marks);
        bytes.wrap(frame.address, captured);
        event.buffer().putBytes(PacketEvent.HEAD_LENGTH, bytes, 0, captured);
        events.commit();
    }

    /** Writes the labels of a flow into its record, or into an alert's. */
    public void describe(final long flow, final FlowEvent record) {
        final FlowAction action = ended != null && ended.handle == flow ? ended
            : acting.isEmpty() ? null : acting.get(flow);
        if (action != null) {
            action.describe(record);
        }
    }

    /** A flow is about to end, and after that to be {@link #describe described}. */
    public void flowEnding(final long flow, final long sequence) {
        if (ended != null) {
            free.addLast(ended);
            ended = null;
        }
        final FlowAction action = acting.isEmpty() ? null : acting.remove(flow);
        if (action != null) {
            ended = action;
            view.wrap(flows, flow);
            sendEarlier(action, sequence);
        }
    }

    /** A flow has started: what was known under this handle is over. */
    public void flowStarted(final long flow) {
        if (ended != null && ended.handle == flow) {
            free.addLast(ended);
            ended = null;
        }
    }

    @Override
    public void close() {
        if (ring != null) {
            ring.close();
        }
    }
}
