package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.protocol.BufferPool;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import io.weir.rule.compile.CompiledRule;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.PortGroups;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.compile.TrafficIndex;
import io.weir.rule.compile.TrafficIndex.Occasion;
import io.weir.rule.match.Input;
import io.weir.rule.match.Subject;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the last bytes of streams that rules look at, and has what is new of them scanned. One worker.
 *
 * <p>New bytes are scanned with the few before them, in which a pattern may have begun.
 */
final class StreamInspection implements StreamSink {
    /** Of a pattern at least one byte is new. */
    private static final int OVERLAP = RuleSet.MAX_PATTERN - 1;

    private final DetectionContext context;
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final Verdicts verdicts;
    private final Scan scan;
    private final BufferPool pool;
    private final Counters counters;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    /** For pieces of streams whose own window has no memory. */
    private final StreamWindow spare;
    private final BufferPool sparePool;
    private LongConsumer cutOff = stream -> { };
    private LoadedSet current;

    StreamInspection(final DetectionContext context, final RuleFlows flows, final WorkerFlows facts,
        final Subject subject, final Verdicts verdicts, final Scan scan, final BufferPool pool,
        final Counters counters) {
        this.context = context;
        this.flows = flows;
        this.facts = facts;
        this.subject = subject;
        this.verdicts = verdicts;
        this.scan = scan;
        this.pool = pool;
        this.counters = counters;
        sparePool = new BufferPool(2L * BufferPool.MAX);
        spare = new StreamWindow();
    }

    /** Sets with which rules streams begin from now on. */
    void begin(final LoadedSet set) {
        current = set;
    }

    void cutOff(final LongConsumer value) {
        cutOff = value;
    }

    /** Nobody else wants a stream: it is cut off once rules do not look at it either. */
    void unwanted(final long stream) {
        final int side = (int) stream & 1;
        if (facts.isSealed(stream >>> 1)) {
            flows.addFlags(stream >>> 1, RuleFlows.SEALED);
        }
        final int flags = flows.flags(stream >>> 1);
        if ((flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.UNWATCHED << side)) != 0) {
            cutOff.accept(stream);
        } else {
            flows.flags(stream >>> 1, flags | RuleFlows.UNWANTED << side);
        }
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        final long handle = stream >>> 1;
        final int side = (int) stream & 1;
        if (!isWatched(handle, side)) {
            return;
        }
        final RuleFlow flow = flows.get(handle);
        if (flow == null) {
            return;
        }
        join(flow);
        final StreamWindow window = flow.windows[side];
        final int most = context.streamWindow();
        int at = 0;
        while (at < length && (flows.flags(handle) & RuleFlows.UNWATCHED << side) == 0) {
            if (window.room(most) == 0 || window.isDirty() && window.base() + window.length() != streamOffset + at) {
                inspect(handle, flow, side, window);
            }
            final int count = Math.min(length - at, window.room(most));
            if (!window.take(buffer, offset + at, count, streamOffset + at, most, pool)) {
                counters.increment(Counter.RULE_WINDOWS_REFUSED);
                alone(handle, flow, side, buffer, offset + at, count, streamOffset + at);
                window.restart(streamOffset + at + count);
            }
            at += count;
        }
    }

    /** Looks at a piece without those before it. */
    private void alone(final long handle, final RuleFlow flow, final int side, final DirectBuffer buffer,
        final int offset, final int count, final long place) {
        final StreamWindow window = flow.windows[side];
        if (window.isDirty()) {
            inspect(handle, flow, side, window);
        }
        spare.restart(place);
        if (spare.take(buffer, offset, count, place, context.streamWindow(), sparePool)) {
            inspect(handle, flow, side, spare);
        }
    }

    /** The set a flow's streams are asked with: the one they began with. */
    LoadedSet join(final RuleFlow flow) {
        if (flow.set == null) {
            flow.set = current;
            current.flows++;
        }
        return flow.set;
    }

    private boolean isWatched(final long handle, final int side) {
        final int flags = flows.flags(handle);
        if ((flags & RuleFlows.UNWATCHED << side) != 0) {
            return false;
        }
        if ((flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.SEALED)) != 0) {
            stop(handle, side, flags);
            return false;
        }
        if ((flags & RuleFlows.WATCHED << side) != 0) {
            return true;
        }
        if (current.rules.watchesAll()) {
            flows.addFlags(handle, RuleFlows.WATCHED << side);
            return true;
        }
        final FlowView view = facts.view(handle);
        final TrafficIndex traffic = current.rules.traffic();
        // the flow may still turn out to be the other way round
        for (int i = 0; i < 2; i++) {
            final PortGroups groups = traffic.of(Occasion.STREAM, FlowProtocol.IP_TCP, i == 0);
            if (!groups.isEmpty(view.lowerPort(), view.upperPort())
                || !groups.isEmpty(view.upperPort(), view.lowerPort())) {
                flows.addFlags(handle, RuleFlows.WATCHED << side);
                return true;
            }
        }
        stop(handle, side, flags);
        return false;
    }

    /** Rules do not look at a stream any more. */
    private void stop(final long handle, final int side, final int flags) {
        flows.addFlags(handle, RuleFlows.UNWATCHED << side);
        if ((flags & RuleFlows.UNWANTED << side) != 0) {
            cutOff.accept(handle << 1 | side);
        }
        final RuleFlow flow = flows.find(handle);
        if (flow != null) {
            flow.windows[side].close(pool);
        }
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        final int side = (int) stream & 1;
        final RuleFlow flow = isWatched(stream >>> 1, side) ? flows.get(stream >>> 1) : null;
        if (flow != null) {
            join(flow);
            if (flow.windows[side].isDirty()) {
                inspect(stream >>> 1, flow, side, flow.windows[side]);
            }
            flow.windows[side].restart(streamOffset + length, length);
        }
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        final RuleFlow flow = flows.find(stream >>> 1);
        final int side = (int) stream & 1;
        // with a frame, it is looked at when the frame is done
        if (flow != null && subject.frame == null && flow.windows[side].isDirty()) {
            inspect(stream >>> 1, flow, side, flow.windows[side]);
        }
    }

    /** Has what is new scanned, with the scans that are being gathered; the subject says where it goes. */
    void gather(final LoadedSet set, final StreamWindow window) {
        final PortGroups groups =
            set.rules.traffic().of(Occasion.STREAM, FlowProtocol.IP_TCP, subject.toServer);
        gather(groups.any(subject.serverPort()), set, window);
        gather(groups.ofServer(subject.serverPort()), set, window);
        gather(groups.ofClient(subject.clientPort()), set, window);
        window.resume(set.ofStream);
    }

    private void gather(final PatternGroup group, final LoadedSet set, final StreamWindow window) {
        if (group == null) {
            return;
        }
        for (final int rule : group.always()) {
            if (!window.hasMatched(rule)) {
                set.ofStream.add(rule);
            }
        }
        if (group.database() == null) {
            return;
        }
        final int fresh = window.scanned();
        final int from = Math.max(0, fresh - OVERLAP);
        bytes.wrap(window.bytes(), 0, window.length());
        scan.add(group, bytes, from, window.length() - from, set.ofStream, fresh - from);
    }

    /** Makes the window what is asked about. */
    void focus(final StreamWindow window) {
        subject.payload.wrap(window.bytes(), 0, window.length(), window.base());
        subject.fromStream = true;
        subject.missing = window.missing();
    }

    /** Asks a rule about the window that is in focus; true if it matches. */
    boolean ask(final LoadedSet set, final int number, final StreamWindow window) {
        final CompiledRule rule = set.rules.compiled(number);
        final boolean matches = verdicts.ask(set, number, null);
        if (matches || subject.matching.isExhausted()) {
            if (rule.isTriggered()) {
                window.forget(number);
            } else {
                window.note(number, true);
            }
        } else if (rule.isTriggered() && rule.header().holds(subject) && !window.note(number, false)) {
            counters.increment(Counter.RULE_CANDIDATES_FORGOTTEN);
        }
        return matches;
    }

    /** What is new of a stream was looked at. */
    void done(final long handle, final int side, final StreamWindow window) {
        window.allScanned();
        final int flags = flows.flags(handle);
        final long depth = context.streamDepth();
        if (depth > 0 && window.base() + window.length() >= depth
            || (flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.SEALED)) != 0) {
            stop(handle, side, flags);
        }
    }

    /** Looks at what is new of a stream, alone. */
    void inspect(final long handle, final RuleFlow flow, final int side, final StreamWindow window) {
        final LoadedSet set = join(flow);
        final FlowView view = facts.view(handle);
        final boolean fromUpper = side == 1;
        subject.flow = handle;
        subject.toServer = fromUpper == view.initiatorIsUpper();
        subject.endpointsOf(view, fromUpper);
        subject.variables = flow.variables;
        scan.begin(set.scanner);
        gather(set, window);
        scan.run();
        focus(window);
        for (int rule = set.ofStream.next(0); rule != Candidates.NONE && !verdicts.isPassed();
            rule = set.ofStream.next(rule + 1)) {
            ask(set, rule, window);
        }
        set.ofStream.clear();
        done(handle, side, window);
        subject.payload.clear();
        subject.fromStream = false;
        subject.missing = 0;
    }

    /** The bytes of a side that are there now; for rules that ask payload and transactions. */
    Input payloadOf(final long handle, final int side) {
        final RuleFlow flow = handle == FlowTable.NO_FLOW ? null : flows.find(handle);
        if (flow == null || flow.windows[side].bytes() == null) {
            return subject.payload.clear();
        }
        focus(flow.windows[side]);
        return subject.payload;
    }
}
