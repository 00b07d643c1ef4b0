package io.weir.rule.detect;

import io.weir.flow.FlowView;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.compile.StreamGroups;
import io.weir.rule.compile.StreamGroups.Search;

/**
 * What streams are searched for, and of which stream the frame being worked on has brought bytes in which nothing of
 * that can stand: rules are not asked about them, unless the flow turns out to be the other way round. One worker.
 */
final class VainSearch {
    /** Of a pattern at least one byte is new. */
    static final int OVERLAP = RuleSet.MAX_PATTERN - 1;
    private static final long NONE = -1;

    private final DetectionContext context;
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final MessageSearch messages;
    private final UnfilledWindows unfilled;
    private final StreamWindow beside;
    /** The stream whose new bytes hold nothing that any rule looks for. */
    private long stream = NONE;
    private LoadedSet with;
    /** Up to this place it was searched before. */
    private long from;

    VainSearch(final DetectionContext context, final RuleFlows flows, final WorkerFlows facts,
        final MessageSearch messages) {
        this.context = context;
        this.flows = flows;
        this.facts = facts;
        this.messages = messages;
        unfilled = flows.unfilled();
        beside = new StreamWindow(flows);
    }

    /** Forgets which stream was searched in vain. */
    void clear() {
        stream = NONE;
    }

    /** A stream's window is given back. */
    void close(final long ofStream) {
        if (stream == ofStream) {
            stream = NONE;
        }
    }

    /** What a stream is searched for; chosen once for each direction. */
    Search search(final LoadedSet set, final long handle, final int side, final boolean toServer) {
        final StreamGroups groups = set.rules.traffic().ofStreams();
        int number = flows.search(handle, side);
        if (!StreamGroups.isOf(number, toServer)) {
            final FlowView view = facts.view(handle);
            final boolean serverIsUpper = toServer == (side == 0);
            number = groups.choose(toServer, serverIsUpper ? view.upperPort() : view.lowerPort(),
                serverIsUpper ? view.lowerPort() : view.upperPort());
            flows.search(handle, side, number);
        }
        return groups.of(number);
    }

    /**
     * True if what is new in a window holds no pattern, nothing was found before, and so no rule is to be asked about
     * it. Notes that it was searched.
     */
    boolean take(final LoadedSet set, final long handle, final int side, final boolean toServer,
        final StreamWindow window) {
        final long depth = context.streamDepth();
        if ((flows.flags(handle) & RuleFlows.WAITING << side) != 0 || depth > 0 && window.end() >= depth) {
            return false;
        }
        final int begin = Math.max(0, window.scanned() - OVERLAP);
        if (search(set, handle, side, toServer).mayHold(window.address() + begin, window.length() - begin)) {
            return false;
        }
        note(set, handle, side, toServer, window.scannedTo());
        window.allScanned();
        return true;
    }

    /**
     * True if bytes that come next in a stream hold no pattern, whose window has no memory and need not take any for
     * them: otherwise as {@link #take}. They are not in the window yet.
     */
    boolean passes(final LoadedSet set, final long handle, final int side, final boolean toServer,
        final StreamWindow window, final long address, final int length, final long place) {
        final long depth = context.streamDepth();
        if ((flows.flags(handle) & RuleFlows.WAITING << side) != 0 || depth > 0 && place + length >= depth) {
            return false;
        }
        final Search search = search(set, handle, side, toServer);
        if (search.mayHold(address, length)
            || place == window.end() && window.isUnfilled()
            && unfilled.mayHoldAcross(search, window, address, length)) {
            return false;
        }
        note(set, handle, side, toServer, place);
        return true;
    }

    private void note(final LoadedSet set, final long handle, final int side, final boolean toServer,
        final long searchedFrom) {
        final long searched = handle << 1 | side;
        if (stream != searched) {
            revive();
            stream = searched;
            with = set;
            from = searchedFrom;
        }
        messages.searchedInVain(handle, side, toServer);
    }

    /**
     * Up to which place a stream was searched before the frame, in which it is to be searched for what is there. If
     * another one was searched in vain, that is to be looked at after all.
     */
    long begin(final long ofStream, final StreamWindow window) {
        if (stream != ofStream) {
            revive();
            return window.scannedTo();
        }
        stream = NONE;
        return from;
    }

    /** What was searched in vain is to be looked at after all. */
    void revive() {
        if (stream != NONE) {
            final long handle = stream >>> 1;
            final int side = (int) stream & 1;
            beside.wrap(handle, side).fill().unscan(from);
            flows.dirty(handle, side);
            stream = NONE;
        }
    }

    /** True if what a frame has brought a stream was searched in vain with a set. */
    boolean isOf(final LoadedSet set, final long handle, final int side) {
        return stream == (handle << 1 | side) && with == set;
    }

    /** True if a stream was searched in vain; {@link #stream} is which. */
    boolean isAny() {
        return stream != NONE;
    }

    long stream() {
        return stream;
    }
}
