package io.weir.rule.alert;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.AlertEvent;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import io.weir.flow.FlowBitNames;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.flow.SenderIdentity;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.protocol.classify.Classifier;
import io.weir.rule.action.FlowActions;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.Action;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes matches to the worker's event ring, into the part that is kept for them; counts what the ring refuses. Matches
 * of one frame keep their order. Owned by one worker.
 */
public final class AlertWriter implements MatchListener {
    private static final int FIELDS_ROOM = 24 * 1024;
    private static final int BITS_ROOM = 2 * 1024;

    private final AlertContext context;
    private final FlowTable flows;
    private final Classifier classifier;
    private final EventRing events;
    private final Counters counters;
    private final FlowView view = new FlowView();
    private final AlertEvent event = new AlertEvent();
    private final UnsafeBuffer bits = new UnsafeBuffer(new byte[BITS_ROOM]);
    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);
    private final FlowActions actions;
    private FlowBitNames names = FlowBitNames.NONE;

    /**
     * Makes a writer for a worker.
     *
     * @param context    concluded
     * @param classifier knows the flows' protocols, and is told which flows have alerts
     */
    public AlertWriter(final AlertContext context, final FlowTable flows, final Classifier classifier,
        final EventRing events, final Counters counters) {
        this.context = context;
        this.flows = flows;
        this.classifier = classifier;
        this.events = events;
        this.counters = counters;
        actions = new FlowActions(context.actions(), flows, events, counters);
    }

    @Override
    public boolean takeUp(final RuleSet set) {
        return actions.takeUp(set);
    }

    @Override
    public void effect(final RuleSet set, final int rule, final Effect effect, final long flow, final Frame frame) {
        actions.effect(set, rule, effect, flow, frame);
    }

    @Override
    public void worked(final long flow, final Frame frame) {
        actions.worked(flow, frame);
    }

    @Override
    public void flowStarted(final long flow) {
        actions.flowStarted(flow);
    }

    @Override
    public void flowEnding(final long flow, final long sequence) {
        actions.flowEnding(flow, sequence);
    }

    @Override
    public void describe(final long flow, final FlowEvent record) {
        actions.describe(flow, record);
    }

    @Override
    public void ended() {
        actions.close();
    }

    @Override
    public void connect(final FlowBitNames value) {
        names = value;
    }

    @Override
    public void matched(final RuleSet set, final int rule, final long flow, final Frame frame,
        final Transaction transaction, final Protocol protocol, final boolean toServer, final DirectBuffer payload,
        final int offset, final int length, final boolean fromStream, final long missing) {
        final Rule matched = set.rule(rule);
        final boolean written = write(set.number(), rule, matched.action() == Action.SILENT, flow, frame, transaction,
            protocol == null ? 0 : protocol.id(), toServer, payload, offset, length, fromStream,
            missing);
        // of others the aggregator will know whether an alert comes of it
        if (written && matched.action() != Action.SILENT && matched.acrossFlows().isEmpty()
            && flow != FlowTable.NO_FLOW) {
            classifier.flag(flow, FlowEvent.ALERTED);
        }
    }

    private boolean write(final int ruleSet, final int rule, final boolean silent, final long flow, final Frame frame,
        final Transaction transaction, final int protocol, final boolean toServer, final DirectBuffer payload,
        final int offset, final int length, final boolean fromStream, final long missing) {
        final boolean isFrame = frame != null && (frame.flags & Frame.MARKS) == 0;
        final int fields = transaction == null ? 0 : Math.min(transaction.length(), FIELDS_ROOM);
        final boolean whole = transaction == null || fields == transaction.length();
        if (transaction != null && !silent) {
            transaction.tellLastFile();
        }
        final int filesLength = transaction == null || silent ? 0 : transaction.filesLength(toServer);
        final int bitsLength = flow == FlowTable.NO_FLOW || silent ? 0 : names.write(flow, bits, BITS_ROOM);
        final int payloadLength = context.hasPayload() && !silent ? Math.min(length, context.payloadBytes()) : 0;
        final int packetLength = context.hasPacket() && isFrame && !silent
            ? Math.min(frame.capturedLength, AlertContext.MAX_PACKET) : 0;
        final long minor = flow == FlowTable.NO_FLOW ? 0 : view.wrap(flows, flow).firstFrame();
        final int told = whole ? fields : 0;
        final int body = events.claimUrgent(EventType.ALERT,
            AlertEvent.HEAD_LENGTH + told + filesLength + bitsLength + payloadLength + packetLength,
            events.causeSequence(), minor);
        if (body < 0) {
            counters.increment(Counter.ALERTS_REFUSED);
            return false;
        }
        event.wrap(events.buffer(), body, told, filesLength, bitsLength, payloadLength, packetLength);
        identify(flow, isFrame ? frame : null);
        event.rule(rule, ruleSet);
        event.seenIn(isFrame ? frame.timestampNs : classifier.timestampNs(), isFrame ? frame.number : 0,
            isFrame ? frame.linkType : 0);
        event.transaction(transaction == null ? AlertEvent.NO_TRANSACTION : transaction.number(),
            transaction == null ? AlertEvent.NO_RECORD : transaction.type().id(), protocol);
        event.flags((toServer ? AlertEvent.TO_SERVER : 0) | (fromStream ? AlertEvent.STREAM : 0)
            | (whole ? 0 : AlertEvent.CUT));
        event.missing(missing);
        if (told > 0) {
            transaction.copyTo(events.buffer(), body + event.fieldsOffset());
        }
        if (filesLength > 0) {
            transaction.files(toServer).copyTo(events.buffer(), body + event.filesOffset());
        }
        events.buffer().putBytes(body + event.bitsOffset(), bits, 0, bitsLength);
        if (payloadLength > 0) {
            events.buffer().putBytes(body + event.payloadOffset(), payload, offset, payloadLength);
        }
        if (packetLength > 0) {
            packet.wrap(frame.address, packetLength);
            events.buffer().putBytes(body + event.packetOffset(), packet, 0, packetLength);
        }
        events.commit();
        return true;
    }

    private void identify(final long flow, final Frame frame) {
        final FlowEvent identity = event.flow();
        if (flow == FlowTable.NO_FLOW) {
            SenderIdentity.write(identity, frame);
            return;
        }
        // what matched may have been told by the other side than the one that sent the frame
        view.identify(identity, view.initiatorIsUpper());
        view.count(identity);
        classifier.label(flow, identity);
        actions.describe(flow, identity);
        if (frame != null) {
            identity.icmp(frame.icmpType, frame.icmpCode, 0, 0);
        }
    }
}
