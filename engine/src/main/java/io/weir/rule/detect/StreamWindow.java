package io.weir.rule.detect;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The last bytes of a stream, in native memory, and the rules that wait for more of it. As long as nothing is found in
 * them they are counted alone, and reassembly has them: {@link UnfilledWindows}. A view, moved from stream to stream:
 * what it tells is kept in {@link RuleFlows}. One worker.
 */
final class StreamWindow {
    private static final int BASE = 0;
    private static final int BLOCK = 8;
    private static final int LENGTH = 12;
    private static final int SCANNED = 16;

    private final RuleFlows flows;
    private final WindowMemory memory;
    private long handle;
    private int side;
    private long at;

    StreamWindow(final RuleFlows flows) {
        this.flows = flows;
        memory = flows.memory();
    }

    /** Moves to a stream: that of the lower endpoint, 0, or of the upper, 1. */
    StreamWindow wrap(final long flow, final int ofSide) {
        handle = flow;
        side = ofSide;
        at = flows.window(flow, ofSide);
        return this;
    }

    /** Reads where the next bytes go. */
    int touch() {
        final int block = block();
        return block == WindowMemory.NONE ? 0 : UnsafeApi.getByte(memory.address(block)
            + Math.min(length(), WindowMemory.capacity(block) - 1));
    }

    /** Takes memory for so many bytes before the first come. */
    void reserve(final int bytes) {
        if (!grow(WindowMemory.NONE, 0, bytes)) {
            throw new IllegalArgumentException("no memory for a window of " + bytes + " bytes");
        }
    }

    private boolean is(final int flag) {
        return (flows.flags(handle) & flag << side) != 0;
    }

    private int block() {
        return UnsafeApi.getInt(at + BLOCK);
    }

    /** True if anything is kept. */
    boolean hasBytes() {
        return block() != WindowMemory.NONE;
    }

    /** True if it has bytes that are not in its memory, which it has none of. */
    boolean isUnfilled() {
        return block() == WindowMemory.NONE && length() > 0;
    }

    /** Has it filled if it is not; it has {@link #hasBytes no bytes} then if they cannot be had. */
    StreamWindow fill() {
        if (isUnfilled()) {
            flows.unfilled().fill(this);
        }
        return this;
    }

    /** Takes memory for all its bytes, all of which were scanned; false if there is none. */
    boolean allocate() {
        if (!grow(WindowMemory.NONE, 0, length())) {
            return false;
        }
        scanned(length());
        return true;
    }

    /** Where its first byte is; of one that is filled. */
    long address() {
        return memory.address(block());
    }

    int length() {
        return UnsafeApi.getInt(at + LENGTH);
    }

    private void length(final int value) {
        UnsafeApi.putInt(at + LENGTH, value);
    }

    /** Place of its first byte in the stream. */
    long base() {
        return UnsafeApi.getLong(at + BASE);
    }

    private void base(final long value) {
        UnsafeApi.putLong(at + BASE, value);
    }

    /** Place behind its last byte in the stream. */
    long end() {
        return base() + length();
    }

    /** How many bytes of the stream are lost right before its first byte. */
    long missing() {
        final RuleFlow flow = is(RuleFlows.BEHIND_GAP) ? flows.find(handle) : null;
        return flow == null ? 0 : flow.missing(side);
    }

    /** How many of its bytes were scanned: all, of one that is not filled. */
    int scanned() {
        return isUnfilled() ? length() : UnsafeApi.getInt(at + SCANNED);
    }

    /** Where it stands among those that are not filled; of one of them. */
    int ticket() {
        return UnsafeApi.getInt(at + SCANNED);
    }

    void ticket(final int value) {
        UnsafeApi.putInt(at + SCANNED, value);
    }

    private void scanned(final int value) {
        UnsafeApi.putInt(at + SCANNED, value);
    }

    /** Notes that what is there was scanned, though it was not asked of all rules. */
    void scannedSoFar() {
        scanned(length());
    }

    /** Place in the stream up to which it was scanned. */
    long scannedTo() {
        return base() + scanned();
    }

    /** Notes that it was scanned only up to a place in the stream, which it may have moved past meanwhile. */
    void unscan(final long place) {
        scanned((int) Math.max(0, Math.min(place - base(), length())));
    }

    /** The stream. */
    long stream() {
        return handle << 1 | side;
    }

    /** Where the last bytes of one that is not filled are. */
    long tail() {
        return flows.tail(handle, side);
    }

    /** True if it is that of a stream. */
    boolean isOf(final long stream) {
        return stream() == stream;
    }

    /** Notes that all of it was scanned and asked of. */
    void allScanned() {
        scanned(length());
        flows.clean(handle, side);
    }

    boolean isDirty() {
        return is(RuleFlows.DIRTY);
    }

    /** How many bytes can be taken before some must go that were not scanned. */
    int room(final int most) {
        return most - (length() - scanned());
    }

    /**
     * Counts bytes that were scanned, otherwise as {@link #take}; of one that has no memory.
     *
     * @param count at most {@code most}
     */
    void pass(final int count, final long place, final int most) {
        prepare(count, place, most);
        length(length() + count);
    }

    /** Makes room for bytes, and begins anew if they do not follow those that are there. */
    private void prepare(final int count, final long place, final int most) {
        if (!is(RuleFlows.OPEN) || place != end()) {
            restart(place);
        }
        if (length() + count > most) {
            // a quarter more than must go, so that not every piece moves all bytes
            drop(Math.min(scanned(), length() + count - most + most / 4));
        }
    }

    /**
     * Takes bytes; the oldest go if there would be more than {@code most}.
     *
     * @param count at most {@link #room}
     * @return false if there is no memory; then nothing is kept
     */
    boolean take(final DirectBuffer source, final int offset, final int count, final long place, final int most) {
        prepare(count, place, most);
        final int length = length();
        final int block = block();
        if (length + count > WindowMemory.capacity(block) && !grow(block, length, Math.min(most, 2 * length + count))) {
            return false;
        }
        source.boundsCheck(offset, count);
        final long to = address() + length;
        final byte[] array = source.byteArray();
        UnsafeApi.copyMemory(array, source.addressOffset() + offset, null, to, count);
        length(length + count);
        if (count > 0) {
            flows.dirty(handle, side);
        }
        return true;
    }

    private boolean grow(final int block, final int length, final int wanted) {
        final int larger = memory.take(wanted);
        if (larger == WindowMemory.NONE) {
            return false;
        }
        if (block != WindowMemory.NONE) {
            UnsafeApi.copyMemory(memory.address(block), memory.address(larger), length);
            memory.giveBack(block);
        }
        UnsafeApi.putInt(at + BLOCK, larger);
        return true;
    }

    /** Begins anew at a place: what was before is not connected with what follows. */
    void restart(final long place) {
        restart(place, 0);
    }

    /** The same, where bytes are lost before the place. */
    void restart(final long place, final long lost) {
        if (isUnfilled()) {
            flows.unfilled().leave(this);
        }
        forgetRules();
        base(place);
        length(0);
        scanned(0);
        flows.clean(handle, side);
        int flags = flows.flags(handle) & ~(RuleFlows.BEHIND_GAP << side) | RuleFlows.OPEN << side;
        final RuleFlow flow = lost == 0 ? null : flows.get(handle);
        if (flow != null) {
            flow.missing(side, lost);
            flags |= RuleFlows.BEHIND_GAP << side;
        }
        flows.flags(handle, flags);
    }

    private void drop(final int count) {
        if (count == 0) {
            return;
        }
        final int length = length() - count;
        if (hasBytes()) {
            UnsafeApi.copyMemory(address() + count, address(), length);
            scanned(scanned() - count);
        }
        length(length);
        base(base() + count);
        flows.clearFlags(handle, RuleFlows.BEHIND_GAP << side);
        final WaitingRules waiting = waiting();
        if (waiting != null) {
            waiting.drop(base());
        }
    }

    private WaitingRules waiting() {
        final RuleFlow flow = is(RuleFlows.WAITING) ? flows.find(handle) : null;
        return flow == null ? null : flow.waiting(side);
    }

    /** Has the rules that wait asked again, and those not asked that have matched without a pattern. */
    void resume(final Candidates candidates) {
        final WaitingRules waiting = waiting();
        if (waiting != null) {
            waiting.resume(candidates);
        }
    }

    /** True if a rule without a pattern has matched in these bytes already. */
    boolean hasMatched(final int rule) {
        final WaitingRules waiting = waiting();
        return waiting != null && waiting.hasMatched(rule);
    }

    /**
     * Notes a rule: to be asked again, or, if it matched and has no pattern, not to be asked again in these bytes.
     *
     * @return false if too many are noted
     */
    boolean note(final int rule, final boolean hasMatched) {
        final RuleFlow flow = flows.get(handle);
        if (flow == null) {
            return false;
        }
        flows.addFlags(handle, RuleFlows.WAITING << side);
        return flow.waiting(side).note(rule, hasMatched, end());
    }

    /** A rule does not wait any more. */
    void forget(final int rule) {
        final WaitingRules waiting = waiting();
        if (waiting != null) {
            waiting.forget(rule);
        }
    }

    /** Forgets which rules wait. */
    void forgetRules() {
        final WaitingRules waiting = waiting();
        if (waiting != null) {
            waiting.clear();
            flows.clearFlags(handle, RuleFlows.WAITING << side);
        }
    }

    /** Begins anew behind its bytes, without memory. */
    void lose() {
        restart(end());
        giveBack();
    }

    private void giveBack() {
        final int block = block();
        if (block != WindowMemory.NONE) {
            memory.giveBack(block);
            UnsafeApi.putInt(at + BLOCK, WindowMemory.NONE);
        }
    }

    /** Gives its memory back. */
    void close() {
        giveBack();
        if (is(RuleFlows.OPEN)) {
            restart(0);
            flows.clearFlags(handle, RuleFlows.OPEN << side);
        }
    }

    @Override
    public String toString() {
        return handle + "." + side + " " + base() + "+" + length();
    }
}
