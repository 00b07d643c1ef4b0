package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamHistory;
import io.weir.reassembly.StreamSink;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.compile.StreamGroups.Search;
import io.weir.rule.match.Input;
import io.weir.rule.match.Subject;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Keeps the last bytes of streams that rules look at, and has what is new of them scanned. One worker.
 *
 * <p>New bytes are scanned with the few before them, in which a pattern may have begun.
 */
final class StreamInspection implements StreamSink {
    private static final long NONE = -1;

    private final DetectionContext context;
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final WindowInspection windows;
    private final Scan scan;
    private final LoadedSets sets;
    private final Counters counters;
    /** Of the stream that something is told of. */
    private final StreamWindow window;
    /** Of the stream that is looked at beside a transaction. */
    private final StreamWindow beside;
    /** For pieces of streams whose own window has no memory. */
    private final StreamWindow spare;
    private LongConsumer cutOff = stream -> { };
    /** For the stream whose candidates wait while something is told of another. */
    private final StreamWindow other;
    /** All of the payload of the frame being worked on is new in a window. */
    private boolean whole;
    private boolean hasEnded;
    /** Something of a stream was told or looked at since the frame before. */
    private boolean worked;
    private boolean idle = true;
    /** Rules ask what is odd about streams, so that all bytes are to be compared with what comes again. */
    private boolean asksOdd;
    /** How many of the bytes handed on last rules do not look at: all or none. */
    private int passed;
    /** The stream of which new bytes were scanned when they came; its candidates wait until the frame is done. */
    private long scanned = NONE;
    /** With which set they were. */
    private LoadedSet scannedWith;
    /** Up to this place it was scanned before. */
    private long scannedFrom;
    /** What of messages is held in windows. */
    private final HeldValues held;
    private final MessageSearch messages;
    private final VainSearch vain;
    private final UnfilledWindows unfilled;
    private final TurnedFlow turned = new TurnedFlow();

    StreamInspection(final DetectionContext context, final RuleFlows flows, final WorkerFlows facts,
        final Subject subject, final Verdicts verdicts, final Scan scan, final LoadedSets sets,
        final Counters counters) {
        this.context = context;
        this.flows = flows;
        this.facts = facts;
        this.subject = subject;
        windows = new WindowInspection(subject, verdicts, scan, counters);
        this.scan = scan;
        this.sets = sets;
        this.counters = counters;
        window = new StreamWindow(flows);
        held = new HeldValues(flows, facts, context.streamWindow());
        messages = new MessageSearch(flows, facts, scan);
        vain = new VainSearch(context, flows, facts, messages);
        unfilled = flows.unfilled();
        beside = new StreamWindow(flows);
        other = new StreamWindow(flows);
        spare = new StreamWindow(flows).wrap(flows.spare(), 0);
        spare.reserve(context.streamWindow());
    }

    /** While no rule has looked at streams yet, nothing is kept of them. */
    void idle(final boolean value) {
        idle = value;
    }

    /** Says whether rules ask what is odd about frames and streams. */
    void asksOdd(final boolean value) {
        asksOdd = value;
    }

    /** True until there was a rule that looks at streams. */
    boolean isIdle() {
        return idle;
    }

    void cutOff(final LongConsumer value) {
        cutOff = value;
    }

    /** A frame arrives. */
    void arrives() {
        if (!worked) {
            return;
        }
        worked = false;
        whole = false;
        hasEnded = false;
        vain.clear();
        turned.clear();
        messages.arrives();
        held.nothingDelivered();
        unfilled.nothingHanded();
        forgetScanned();
    }

    /** Takes what has the bytes of streams, so that they need not be copied as long as nothing is found in them. */
    void connect(final StreamHistory history) {
        unfilled.connect(history);
    }

    private void forgetScanned() {
        if (scanned != NONE) {
            scannedWith.ofStream.clear();
            scanned = NONE;
        }
        sets.current().ofFrame.clear();
    }

    /** True if something of a stream was told or looked at since the frame before. */
    boolean hasWorked() {
        return worked;
    }

    /** True if with the frame being worked on both streams of its flow have ended: their windows serve nobody. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** True if all of the payload of the frame being worked on is part of what is to be scanned of its stream. */
    boolean isWhole() {
        return whole;
    }

    /** Nobody else wants a stream: it is cut off once rules do not look at it either. */
    void unwanted(final long stream) {
        if (flows.isKeeping() && sets.current().rules.size() > 0 && facts.isSealed(stream >>> 1)) {
            flows.addFlags(stream >>> 1, RuleFlows.SEALED);
        }
        if (idle) {
            cutOff.accept(stream);
            return;
        }
        final int side = (int) stream & 1;
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
        passed = length;
        if (idle) {
            return;
        }
        unfilled.fillDue();
        if (!isWatched(handle, side)) {
            return;
        }
        passed = 0;
        worked = true;
        final LoadedSet set = join(handle);
        if ((flows.flags(handle) & RuleFlows.ENDED << side) != 0) {
            flows.clearFlags(handle, RuleFlows.ENDED << side);
        }
        window.wrap(handle, side);
        final int most = context.streamWindow();
        if (streamOffset != window.end() || window.length() + length > most) {
            held.lose(stream);
        }
        held.nothingDelivered();
        if (buffer.byteArray() == null
            && passes(set, handle, side, buffer.addressOffset() + offset, length, streamOffset)) {
            whole = isPayload(buffer.addressOffset() + offset, length);
            held.delivered(stream, buffer.addressOffset() + offset, streamOffset, length);
            return;
        }
        window.fill();
        boolean isKept = true;
        int at = 0;
        while (at < length && (flows.flags(handle) & RuleFlows.UNWATCHED << side) == 0) {
            if (window.room(most) == 0 || window.isDirty()
                && (window.end() != streamOffset + at || window.length() + length - at > most)) {
                inspect(handle, side, window);
            }
            final int count = Math.min(length - at, window.room(most));
            if (!window.take(buffer, offset + at, count, streamOffset + at, most)) {
                counters.increment(Counter.RULE_WINDOWS_REFUSED);
                isKept = false;
                held.lose(stream);
                alone(handle, side, buffer, offset + at, count, streamOffset + at);
                window.restart(streamOffset + at + count);
            } else if (count == length) {
                whole = isPayload(buffer.addressOffset() + offset, length);
            }
            at += count;
        }
        if (window.isDirty()) {
            scan(set, handle, side);
        }
        if (isKept && at == length && buffer.byteArray() == null) {
            held.delivered(stream, buffer.addressOffset() + offset, streamOffset, length);
        }
    }

    /** True if new bytes of a stream, in which nothing can be found, need not be copied into its window. */
    private boolean passes(final LoadedSet set, final long handle, final int side, final long address, final int length,
        final long place) {
        final int most = context.streamWindow();
        final long stream = handle << 1 | side;
        if (window.hasBytes() || !unfilled.mayHave(stream, length, most) || scanned == stream || turned.is(handle)
            || !vain.passes(set, handle, side, facts.initiatorIsUpper(handle) == (side == 1), window, address, length,
                place)) {
            return false;
        }
        unfilled.pass(window, address, length, place, most);
        return true;
    }

    /** All of what was handed on last where rules do not look at it; nothing if they ask what is odd about streams. */
    @Override
    public int passedFirst() {
        return asksOdd ? 0 : passed;
    }

    @Override
    public int passedLast() {
        return asksOdd ? 0 : passed;
    }

    /**
     * Has what is new scanned before it is parsed, since messages in which nothing can be found are passed over then.
     * Candidates are asked when the frame is done.
     */
    private void scan(final LoadedSet set, final long handle, final int side) {
        final long stream = handle << 1 | side;
        final boolean toServer = facts.initiatorIsUpper(handle) == (side == 1);
        if (scanned != stream) {
            if (!turned.is(handle) && vain.take(set, handle, side, toServer, window)) {
                return;
            }
            settle(stream);
            scanned = stream;
            scannedWith = set;
            scannedFrom = vain.begin(stream, window);
        }
        final boolean isPart = whole && set == sets.current() && FrameInspection.isPayloadOne(subject.frame);
        scan.begin(set.scanner);
        windows.gather(set, vain.search(set, handle, side, toServer), window, isPart ? set.ofFrame : null);
        scan.run();
        messages.searched(handle, side, toServer);
        window.scannedSoFar();
    }

    /** True if all that a frame has brought is part of its stream, and was searched in vain with a set. */
    boolean isVain(final LoadedSet set, final long handle, final Frame frame) {
        return vain.isAny() && vain.isOf(set, handle, frame.fromUpper ? 1 : 0) && whole
            && FrameInspection.isPayloadOne(frame);
    }

    /** True if a stream was searched in vain. */
    boolean isAnyVain() {
        return vain.isAny();
    }

    /** All of a frame was looked at: leaves the stream that was searched in vain if nobody looks at it any more. */
    void leave() {
        if (vain.isAny()) {
            final long stream = vain.stream();
            final int flags = flows.flags(stream >>> 1);
            if ((flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.SEALED)) != 0) {
                stop(stream >>> 1, (int) stream & 1, flags);
            }
            vain.clear();
        }
    }

    /** A flow has proved to be the other way round: what is kept of its streams is looked at again with the frame. */
    void turned(final long handle) {
        if (idle || flows.isMuted(handle)) {
            return;
        }
        vain.revive();
        if (scanned >>> 1 == handle) {
            other.wrap(handle, (int) scanned & 1).unscan(scannedFrom);
            scannedWith.ofStream.clear();
            scanned = NONE;
        }
        final boolean ofLower = beside.wrap(handle, 0).fill().hasBytes();
        final boolean ofUpper = other.wrap(handle, 1).fill().hasBytes();
        if (ofLower || ofUpper) {
            worked = true;
            turned.set(handle, beside.scannedTo(), other.scannedTo());
        }
        if (ofLower) {
            flows.dirty(handle, 0);
        }
        if (ofUpper) {
            flows.dirty(handle, 1);
        }
    }

    /** The flow ends: looks at what its parser, at its end, had looked at once more. */
    void flush(final long handle) {
        for (int side = 0; side < 2; side++) {
            if (!flows.isMuted(handle) && window.wrap(handle, side).isDirty()) {
                inspect(handle, side, window);
            }
        }
    }

    /** Asks the candidates of a stream before another one, the next, needs their place. */
    void settle(final long next) {
        if (scanned != NONE && scanned != next) {
            final long handle = scanned >>> 1;
            final int side = (int) scanned & 1;
            other.wrap(handle, side);
            scanned = NONE;
            inspect(handle, side, other);
        }
    }

    private boolean isPayload(final long address, final int length) {
        final Frame frame = subject.frame;
        return frame != null && frame.payloadLength == length && frame.address + frame.payloadOffset == address;
    }

    /** What is found in streams of what messages are searched for. */
    MessageSearch messages() {
        return messages;
    }

    /** Searches windows and asks rules about them. */
    WindowInspection windows() {
        return windows;
    }

    /** What of messages is held in windows. */
    HeldValues held() {
        return held;
    }

    /** Looks at a piece without those before it. */
    private void alone(final long handle, final int side, final DirectBuffer buffer, final int offset,
        final int count, final long place) {
        messages.unsearched(handle, side);
        if (window.isDirty()) {
            inspect(handle, side, window);
        }
        spare.restart(place);
        if (spare.take(buffer, offset, count, place, context.streamWindow())) {
            inspect(handle, side, spare);
        }
    }

    /** Reads where the bytes of a frame go. */
    int touch(final long handle, final Frame frame) {
        return beside.wrap(handle, frame.fromUpper ? 1 : 0).touch();
    }

    /** The set a flow's streams are asked with: the one they began with. */
    LoadedSet join(final long handle) {
        final int key = flows.set(handle);
        final LoadedSet known = key == 0 ? null : sets.find(key);
        if (known != null) {
            return known;
        }
        if (key != 0) {
            // it was let go of: numbers of its rules mean nothing any more
            beside.wrap(handle, 0).forgetRules();
            beside.wrap(handle, 1).forgetRules();
        }
        final LoadedSet current = sets.current();
        flows.set(handle, current.key);
        flows.forgetSearches(handle);
        current.flows++;
        return current;
    }

    /** Gives the memory of a flow's windows back. */
    void close(final long handle) {
        close(handle, 0);
        close(handle, 1);
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
        final RuleSet rules = sets.current().rules;
        final FlowView view = facts.view(handle);
        if (rules.watchesAll() || rules.traffic().asksStreams(view.lowerPort(), view.upperPort())) {
            flows.addFlags(handle, RuleFlows.WATCHED << side);
            return true;
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
        close(handle, side);
    }

    private void close(final long handle, final int side) {
        if (scanned == (handle << 1 | side)) {
            scannedWith.ofStream.clear();
            scanned = NONE;
        }
        vain.close(handle << 1 | side);
        held.close(handle << 1 | side);
        beside.wrap(handle, side).close();
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        final int side = (int) stream & 1;
        final long handle = stream >>> 1;
        if (!idle && isWatched(handle, side)) {
            worked = true;
            join(handle);
            window.wrap(handle, side);
            if (window.isDirty()) {
                inspect(handle, side, window);
            }
            held.lose(stream);
            window.restart(streamOffset + length, length);
        }
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        if (idle) {
            return;
        }
        final long handle = stream >>> 1;
        final int side = (int) stream & 1;
        if (reason == StreamEnd.DEPTH) {
            // its last bytes are kept for no comparison
            window.wrap(handle, side).fill();
        }
        // with a frame, it is looked at when the frame is done
        if (subject.frame == null && window.wrap(handle, side).isDirty()) {
            inspect(handle, side, window);
        }
        worked = true;
        flows.addFlags(handle, RuleFlows.ENDED << side);
        hasEnded = (flows.flags(handle) & RuleFlows.ENDED_BOTH) == RuleFlows.ENDED_BOTH;
    }

    /**
     * Has what is new scanned that was not yet, with the scans that are being gathered; the subject says where it goes.
     *
     * @param segment takes rules about the last segment, null if that is not looked at
     */
    void gather(final LoadedSet set, final long handle, final int side, final StreamWindow of,
        final Candidates segment) {
        worked = true;
        final Search search = vain.search(set, handle, side, subject.toServer);
        if (turned.is(handle) && of.isOf(handle << 1 | side)) {
            turned.gather(set, search.groups(), side, of, scan);
        }
        windows.gather(set, search, of, segment);
        of.resume(set.ofStream);
    }

    /** What was {@link #gather gathered} was scanned. */
    void ran(final LoadedSet set, final long handle, final int side) {
        messages.searched(handle, side, subject.toServer);
        TurnedFlow.scanned(set);
    }

    /** True if all that is to be looked at of a stream was scanned with a set. */
    boolean isScanned(final LoadedSet set, final long handle, final int side) {
        return scanned == (handle << 1 | side) && scannedWith == set && !turned.is(handle);
    }

    private boolean isScanned(final StreamWindow of) {
        return scanned != NONE && of.isOf(scanned);
    }

    /** What is new of a stream was looked at. */
    void done(final long handle, final int side, final StreamWindow of) {
        if (isScanned(of)) {
            scanned = NONE;
        }
        of.allScanned();
        final int flags = flows.flags(handle);
        final long depth = context.streamDepth();
        if (depth > 0 && of.end() >= depth
            || (flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.SEALED)) != 0) {
            stop(handle, side, flags);
        }
    }

    /** Looks at what is new of a stream, alone. */
    void inspect(final long handle, final int side, final StreamWindow of) {
        if (!isScanned(of)) {
            settle(NONE);
        }
        final LoadedSet set = join(handle);
        final FlowView view = facts.view(handle);
        final boolean fromUpper = side == 1;
        subject.flow = handle;
        subject.toServer = fromUpper == view.initiatorIsUpper();
        subject.endpointsOf(view, fromUpper);
        final RuleFlow kept = flows.find(handle);
        subject.variables = kept == null ? null : kept.variables;
        scan.begin(set.scanner);
        gather(set, handle, side, of, null);
        scan.run();
        ran(set, handle, side);
        windows.askAll(set, of);
        done(handle, side, of);
        windows.blur();
    }

    /** The bytes of a side that are there now; for rules that ask payload and transactions. */
    Input payloadOf(final long handle, final int side) {
        if (idle || handle == FlowTable.NO_FLOW || !beside.wrap(handle, side).fill().hasBytes()) {
            return subject.payload.clear();
        }
        windows.focus(beside);
        return subject.payload;
    }
}
