package io.weir.rule.detect;

import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.rule.compile.Glance;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.PortGroups;
import io.weir.rule.compile.TrafficIndex;
import io.weir.rule.compile.TrafficIndex.Occasion;
import io.weir.rule.match.Subject;

/** Asks rules of a frame, its payload, and what it has brought to streams. One worker. */
final class FrameInspection {
    private static final int FIRST_FRAME = 1 << Occasion.FIRST_FRAME.ordinal();
    private static final int RECOGNITION = 1 << Occasion.RECOGNITION.ordinal();
    private static final int FRAME = 1 << Occasion.FRAME.ordinal();
    private static final int PACKET = 1 << Occasion.PACKET.ordinal();
    private static final int SEGMENT = 1 << Occasion.SEGMENT.ordinal();

    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final Verdicts verdicts;
    private final Scan scan;
    private final StreamInspection streams;
    private final WindowInspection windows;
    private final StreamWindow window;

    FrameInspection(final RuleFlows flows, final WorkerFlows facts, final Subject subject, final Verdicts verdicts,
        final Scan scan, final StreamInspection streams) {
        this.flows = flows;
        this.facts = facts;
        this.subject = subject;
        this.verdicts = verdicts;
        this.scan = scan;
        this.streams = streams;
        windows = streams.windows();
        window = new StreamWindow(flows);
    }

    /** Looks at a frame whose flow was counted, put together and parsed. */
    void inspect(final LoadedSet set, final long handle, final Frame frame) {
        final boolean hasFlow = handle != FlowTable.NO_FLOW;
        final boolean isVain = hasFlow && streams.isVain(set, handle, frame);
        final boolean isDirty = hasFlow && flows.isAnyDirty() && (flows.flags(handle) & RuleFlows.DIRTY_ANY) != 0;
        if ((isDirty || (subject.anomalies | frame.error) != 0
            || isAsked(set.rules.traffic(), handle, frame, isVain ? PACKET : PACKET | SEGMENT))
            && !(hasFlow && flows.isSilent(handle))) {
            inspect(set, handle, frame, isVain, isDirty);
        }
    }

    /** True if no rule is asked about a frame and what it has brought its streams, as can be told at a glance. */
    boolean isOver(final LoadedSet set, final long handle, final Frame frame) {
        if ((subject.anomalies | frame.error) != 0 || verdicts.isUsed() || flows.isAnyDirty()) {
            return false;
        }
        final Glance glance = set.rules.traffic().glance(frame.protocol);
        final boolean hasWorked = streams.hasWorked();
        if (isNamed(glance, handle, frame)) {
            return frame.payloadLength == 0 && !hasWorked
                && !set.rules.traffic().asksHeaders(frame.protocol, frame.lowerPort, frame.upperPort);
        }
        if (frame.payloadLength == 0) {
            return !hasWorked || !streams.isAnyVain();
        }
        return hasWorked ? !glance.asksPackets() && streams.isVain(set, handle, frame)
            : isQuiet(glance, handle, frame);
    }

    /** True if more is asked at a frame's ports than at any. */
    private boolean isNamed(final Glance glance, final long handle, final Frame frame) {
        return (handle == FlowTable.NO_FLOW || frame.plain == 0 || !flows.isUnnamed(handle))
            && glance.names(frame.lowerPort, frame.upperPort);
    }

    /**
     * True if no rule is asked of the payload of a frame that has brought its streams nothing, and at whose ports no
     * more is asked than at any, as can be told without its direction; false if more is to be known.
     */
    private boolean isQuiet(final Glance glance, final long handle, final Frame frame) {
        return glance.isEmpty() || !mayBeAsked(handle, frame)
            || !glance.namesForSegments(frame.lowerPort, frame.upperPort)
            && !(glance.hasApplications() && isOfAny(glance, handle))
            && !glance.mayHold(frame.address + frame.payloadOffset, frame.payloadLength);
    }

    private boolean isOfAny(final Glance glance, final long handle) {
        int number = handle == FlowTable.NO_FLOW ? 0 : facts.protocol(handle, 0);
        for (int i = 1; number != 0; i++) {
            if (glance.isOf(number)) {
                return true;
            }
            number = facts.protocol(handle, i);
        }
        return false;
    }

    private void inspect(final LoadedSet set, final long handle, final Frame frame, final boolean isVain,
        final boolean isDirty) {
        final boolean hasFlow = handle != FlowTable.NO_FLOW;
        final int side = frame.fromUpper ? 1 : 0;
        if (isDirty && isScanned(set, handle, frame)) {
            streams.done(handle, side, window.wrap(handle, side));
            return;
        }
        if (isDirty && window.wrap(handle, side).isDirty()) {
            // it may be dirty since the other one was handed on in the same frame, which has candidates of its own
            streams.settle(handle << 1 | side);
        }
        final RuleFlow flow = hasFlow ? flows.find(handle) : null;
        subject.flow = handle;
        subject.variables = flow == null ? null : flow.variables;
        subject.endpointsOf(frame);
        subject.toServer = !hasFlow || frame.fromUpper == facts.initiatorIsUpper(handle);
        scan.begin(set.scanner);
        final boolean hasStream =
            isDirty && window.wrap(handle, side).isDirty() && streams.join(handle) == set;
        final boolean isPart = hasStream && streams.isWhole() && isPayloadOne(frame);
        if (frame.ipVersion != 0) {
            gather(set, frame, handle, isPart || isVain);
        }
        if (subject.anomalies != 0 || frame.error != 0) {
            set.ofFrame.addAll(set.rules.events().ofFrames());
        }
        if (hasStream) {
            streams.gather(set, handle, side, window, isPart ? set.ofFrame : null);
        }
        scan.run();
        if (hasStream) {
            streams.ran(set, handle, side);
        }
        ask(set, frame, hasStream);
        set.ofFrame.clear();
        if (hasStream) {
            set.ofStream.clear();
            streams.done(handle, side, window);
        }
        windows.blur();
        if (isDirty) {
            inspectOthers(handle);
        }
    }

    /** True if all that a frame has brought is part of its stream, which was scanned, and nobody is to be asked. */
    private boolean isScanned(final LoadedSet set, final long handle, final Frame frame) {
        final int side = frame.fromUpper ? 1 : 0;
        final int flags = flows.flags(handle) & (RuleFlows.DIRTY_ANY | RuleFlows.WAITING << side);
        final TrafficIndex traffic = set.rules.traffic();
        return flags == RuleFlows.DIRTY << side && (subject.anomalies | frame.error) == 0
            && set.ofFrame.isEmpty() && set.ofStream.isEmpty() && streams.isWhole() && isPayloadOne(frame)
            && streams.isScanned(set, handle, side) && !isAsked(traffic, handle, frame, PACKET);
    }

    /** Streams of the other side, and those that began with another set. */
    private void inspectOthers(final long handle) {
        for (int side = 0; side < 2; side++) {
            if (window.wrap(handle, side).isDirty()) {
                streams.inspect(handle, side, window);
            }
        }
    }

    /**
     * True if rules may be asked of a frame in which nothing is odd.
     *
     * @param ofPayload the occasions, a bit each, at which its payload was not looked at with its stream
     */
    private boolean isAsked(final TrafficIndex traffic, final long handle, final Frame frame, final int ofPayload) {
        final int occasions = traffic.occasions(frame.protocol);
        return traffic.asksHeaders(frame.protocol, frame.lowerPort, frame.upperPort)
            && isHeaderAsked(traffic, occasions, handle, frame)
            || (occasions & ofPayload) != 0 && mayBeAsked(handle, frame)
            && mayHold(traffic, occasions & ofPayload, handle, frame);
    }

    /** True if rules that look at no payload may be asked of it. */
    private boolean isHeaderAsked(final TrafficIndex traffic, final int occasions, final long handle,
        final Frame frame) {
        return (occasions & FRAME) != 0
            && traffic.asksFrames(frame.protocol, frame.lowerPort, frame.upperPort)
            || (occasions & RECOGNITION) != 0
            || (occasions & FIRST_FRAME) != 0 && isFirst(handle, frame);
    }

    /** False if a frame's payload holds nothing that rules about payload of frames look for, so that none is asked. */
    private boolean mayHold(final TrafficIndex traffic, final int occasions, final long handle, final Frame frame) {
        return (occasions & PACKET) != 0 && mayHold(traffic, Occasion.PACKET, handle, frame)
            || (occasions & SEGMENT) != 0 && mayHold(traffic, Occasion.SEGMENT, handle, frame);
    }

    private boolean mayHold(final TrafficIndex traffic, final Occasion occasion, final long handle,
        final Frame frame) {
        final PatternGroup[] unnamed =
            traffic.unnamed(occasion, frame.protocol, frame.lowerPort, frame.upperPort);
        if (unnamed == null) {
            final boolean toServer = isToServer(handle, frame);
            if (mayHold(traffic.of(occasion, frame.protocol, toServer), toServer, frame)) {
                return true;
            }
        } else {
            for (final PatternGroup group : unnamed) {
                if (mayHold(group, frame)) {
                    return true;
                }
            }
        }
        final boolean[] applications = traffic.applications(occasion, frame.protocol);
        return applications != null && handle != FlowTable.NO_FLOW
            && mayHold(traffic, occasion, applications, handle, frame);
    }

    private boolean mayHold(final TrafficIndex traffic, final Occasion occasion, final boolean[] applications,
        final long handle, final Frame frame) {
        int number = facts.protocol(handle, 0);
        for (int i = 1; number != 0; i++) {
            if (applications[number]) {
                final boolean toServer = isToServer(handle, frame);
                final PortGroups[] groups = traffic.ofApplications(occasion, frame.protocol, toServer);
                if (groups.length > 0 && mayHold(groups[number], toServer, frame)) {
                    return true;
                }
            }
            number = facts.protocol(handle, i);
        }
        return false;
    }

    private boolean isToServer(final long handle, final Frame frame) {
        return handle == FlowTable.NO_FLOW || frame.fromUpper == facts.initiatorIsUpper(handle);
    }

    private static boolean mayHold(final PortGroups groups, final boolean toServer, final Frame frame) {
        if (groups == PortGroups.NONE) {
            return false;
        }
        final boolean serverIsUpper = toServer != frame.fromUpper;
        final PatternGroup named = groups.ofServer(serverIsUpper ? frame.upperPort : frame.lowerPort);
        return mayHold(groups.anyBeside(named), frame) || mayHold(named, frame)
            || mayHold(groups.ofClient(serverIsUpper ? frame.lowerPort : frame.upperPort), frame);
    }

    private static boolean mayHold(final PatternGroup group, final Frame frame) {
        return group != null && group.mayHold(frame.address + frame.payloadOffset, frame.payloadLength);
    }

    /**
     * True if rules may be asked of its payload, as far as can be told of datagrams without what is kept of their flow:
     * of most no rule is asked, and a line of the cache is not fetched for them.
     */
    private boolean mayBeAsked(final long handle, final Frame frame) {
        return frame.protocol == FlowProtocol.IP_UDP ? isPayloadOne(frame) : isPayloadAsked(handle, frame);
    }

    private boolean isPayloadAsked(final long handle, final Frame frame) {
        return isPayloadOne(frame) && (handle == FlowTable.NO_FLOW
            || (flows.flags(handle) & (RuleFlows.STOPPED | RuleFlows.SEALED)) == 0);
    }

    private boolean isFirst(final long handle, final Frame frame) {
        if (handle == FlowTable.NO_FLOW) {
            return true;
        }
        final FlowView view = facts.view(handle);
        return view.frames(frame.fromUpper == view.initiatorIsUpper()) == 1 + frame.carriedFrames;
    }

    private void gather(final LoadedSet set, final Frame frame, final long handle, final boolean isPart) {
        final TrafficIndex traffic = set.rules.traffic();
        final boolean toServer = subject.toServer;
        if (traffic.asks(Occasion.FIRST_FRAME, frame.protocol) && isFirst(handle, frame)) {
            always(set, traffic.of(Occasion.FIRST_FRAME, frame.protocol, toServer));
        }
        if (handle != FlowTable.NO_FLOW) {
            final PortGroups recognition = traffic.of(Occasion.RECOGNITION, frame.protocol, toServer);
            if (recognition != PortGroups.NONE && isMoreKnown(handle)) {
                always(set, recognition);
            }
        }
        if (traffic.asksFrames(frame.protocol, frame.lowerPort, frame.upperPort)) {
            always(set, traffic.of(Occasion.FRAME, frame.protocol, toServer));
        }
        if (traffic.asksPayload(frame.protocol) && isPayloadAsked(handle, frame)) {
            payload(Occasion.PACKET, set, frame, handle);
            if (!isPart) {
                payload(Occasion.SEGMENT, set, frame, handle);
            }
        }
    }

    private void payload(final Occasion occasion, final LoadedSet set, final Frame frame, final long handle) {
        final TrafficIndex traffic = set.rules.traffic();
        payload(set, traffic.of(occasion, frame.protocol, subject.toServer), frame);
        final PortGroups[] ofApplications = traffic.ofApplications(occasion, frame.protocol, subject.toServer);
        if (ofApplications.length > 0 && handle != FlowTable.NO_FLOW) {
            int number = facts.protocol(handle, 0);
            for (int i = 1; number != 0; i++) {
                payload(set, ofApplications[number], frame);
                number = facts.protocol(handle, i);
            }
        }
    }

    private void payload(final LoadedSet set, final PortGroups groups, final Frame frame) {
        if (groups != PortGroups.NONE) {
            final PatternGroup named = groups.ofServer(subject.serverPort());
            payload(set, groups.anyBeside(named), frame);
            payload(set, named, frame);
            payload(set, groups.ofClient(subject.clientPort()), frame);
        }
    }

    private void payload(final LoadedSet set, final PatternGroup group, final Frame frame) {
        if (group != null) {
            set.ofFrame.addAll(group.always());
            scan.add(group, frame.address + frame.payloadOffset, frame.payloadLength, set.ofFrame, null, 0);
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
    static boolean isPayloadOne(final Frame frame) {
        return frame.payloadLength > 0 && (frame.flags & Frame.REFUSED) == 0 && frame.fragmentOffset == 0
            && !frame.moreFragments;
    }

    private void always(final LoadedSet set, final PortGroups groups) {
        if (groups != PortGroups.NONE) {
            final PatternGroup named = groups.ofServer(subject.serverPort());
            always(set, groups.anyBeside(named));
            always(set, named);
            always(set, groups.ofClient(subject.clientPort()));
        }
    }

    private static void always(final LoadedSet set, final PatternGroup group) {
        if (group != null) {
            set.ofFrame.addAll(group.always());
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
                windows.focus(window);
                if (windows.ask(set, rule, window)) {
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
