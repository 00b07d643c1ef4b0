package io.weir.rule.detect;

import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.PortGroups;
import io.weir.rule.compile.TrafficIndex;
import io.weir.rule.compile.TrafficIndex.Occasion;
import io.weir.rule.match.Subject;

/** Asks rules of a frame, its payload, and what it has brought to streams. One worker. */
final class FrameInspection {
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final Verdicts verdicts;
    private final Scan scan;
    private final StreamInspection streams;
    private final StreamWindow window;

    FrameInspection(final RuleFlows flows, final WorkerFlows facts, final Subject subject, final Verdicts verdicts,
        final Scan scan, final StreamInspection streams) {
        this.flows = flows;
        this.facts = facts;
        this.subject = subject;
        this.verdicts = verdicts;
        this.scan = scan;
        this.streams = streams;
        window = new StreamWindow(flows);
    }

    /** Looks at a frame whose flow was counted, put together and parsed. */
    void inspect(final LoadedSet set, final long handle, final Frame frame) {
        final boolean hasFlow = handle != FlowTable.NO_FLOW;
        final boolean isDirty = hasFlow && (flows.flags(handle) & RuleFlows.DIRTY_ANY) != 0;
        if (!isDirty && !set.rules.traffic().asksFrames(frame.protocol) && (subject.anomalies | frame.error) == 0) {
            return;
        }
        final RuleFlow flow = hasFlow ? flows.find(handle) : null;
        subject.flow = handle;
        subject.variables = flow == null ? null : flow.variables;
        subject.endpointsOf(frame);
        boolean first = true;
        subject.toServer = true;
        if (hasFlow) {
            final FlowView view = facts.view(handle);
            subject.toServer = frame.fromUpper == view.initiatorIsUpper();
            first = view.frames(subject.toServer) == 1 + frame.carriedFrames;
        }
        scan.begin(set.scanner);
        if (frame.ipVersion != 0) {
            gather(set, frame, first, handle);
        }
        if (subject.anomalies != 0 || frame.error != 0) {
            set.ofFrame.addAll(set.rules.events().ofFrames());
        }
        final int side = frame.fromUpper ? 1 : 0;
        final boolean hasStream =
            isDirty && window.wrap(handle, side).isDirty() && streams.join(handle) == set;
        if (hasStream) {
            streams.gather(set, window);
        }
        scan.run();
        ask(set, frame, hasStream);
        set.ofFrame.clear();
        if (hasStream) {
            set.ofStream.clear();
            streams.done(handle, side, window);
        }
        subject.payload.clear();
        subject.fromStream = false;
        subject.missing = 0;
        if (isDirty) {
            inspectOthers(handle);
        }
    }

    /** Streams of the other side, and those that began with another set. */
    private void inspectOthers(final long handle) {
        for (int side = 0; side < 2; side++) {
            if (window.wrap(handle, side).isDirty()) {
                streams.inspect(handle, side, window);
            }
        }
    }

    private void gather(final LoadedSet set, final Frame frame, final boolean first, final long handle) {
        final TrafficIndex traffic = set.rules.traffic();
        final boolean toServer = subject.toServer;
        if (first) {
            gather(set, traffic.of(Occasion.FIRST_FRAME, frame.protocol, toServer));
        }
        if (handle != FlowTable.NO_FLOW) {
            final PortGroups recognition = traffic.of(Occasion.RECOGNITION, frame.protocol, toServer);
            if (recognition != PortGroups.NONE && isMoreKnown(handle)) {
                gather(set, recognition);
            }
        }
        gather(set, traffic.of(Occasion.FRAME, frame.protocol, toServer));
        final int over = RuleFlows.STOPPED | RuleFlows.SEALED;
        if (isPayloadOne(frame) && (handle == FlowTable.NO_FLOW || (flows.flags(handle) & over) == 0)) {
            final PortGroups payload = traffic.of(Occasion.PACKET, frame.protocol, toServer);
            gather(set, payload);
            scan(set, payload.any(subject.serverPort()), frame);
            scan(set, payload.ofServer(subject.serverPort()), frame);
            scan(set, payload.ofClient(subject.clientPort()), frame);
        }
    }

    private boolean isMoreKnown(final long handle) {
        final int flags = flows.flags(handle);
        final int known = facts.known(handle);
        final int shift = RuleFlows.KNOWN_SHIFT + (subject.toServer ? 0 : RuleFlows.KNOWN_BITS);
        final int mask = (1 << RuleFlows.KNOWN_BITS) - 1 << shift;
        if ((flags & mask) >>> shift == known) {
            return false;
        }
        flows.flags(handle, flags & ~mask | known << shift);
        return true;
    }

    /** True if its payload is there to be looked at: its receiver takes it, and it is no part of a datagram. */
    private static boolean isPayloadOne(final Frame frame) {
        return frame.payloadLength > 0 && (frame.flags & Frame.REFUSED) == 0 && frame.fragmentOffset == 0
            && !frame.moreFragments;
    }

    private void gather(final LoadedSet set, final PortGroups groups) {
        always(set, groups.any(subject.serverPort()));
        always(set, groups.ofServer(subject.serverPort()));
        always(set, groups.ofClient(subject.clientPort()));
    }

    private static void always(final LoadedSet set, final PatternGroup group) {
        if (group != null) {
            set.ofFrame.addAll(group.always());
        }
    }

    private void scan(final LoadedSet set, final PatternGroup group, final Frame frame) {
        if (group != null) {
            scan.add(group, frame.address + frame.payloadOffset, frame.payloadLength, set.ofFrame, 0);
        }
    }

    /** Asks candidates in their order; one that is asked of both is asked of the stream first. */
    private void ask(final LoadedSet set, final Frame frame, final boolean hasStream) {
        int rule = -1;
        while (!verdicts.isPassed()) {
            final int ofFrame = set.ofFrame.next(rule + 1);
            final int ofStream = !hasStream ? Candidates.NONE : set.ofStream.next(rule + 1);
            rule = Math.min(ofFrame, ofStream);
            if (rule == Candidates.NONE) {
                return;
            }
            if (rule == ofStream) {
                streams.focus(window);
                if (streams.ask(set, rule, window)) {
                    continue;
                }
            }
            if (rule == ofFrame) {
                subject.fromStream = false;
                subject.missing = 0;
                if (frame.payloadLength > 0) {
                    subject.payload.wrap(frame.address + frame.payloadOffset, frame.payloadLength);
                } else {
                    subject.payload.clear();
                }
                verdicts.ask(set, rule, null);
            }
        }
    }
}
