package io.weir.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The one order of frames that several members work on at a time: each claims the numbers of its next frames just
 * before it works on them. So numbers have no gaps, ascend for each member and each flow, and are the places of frames
 * in the tee's file.
 *
 * <p>A frame's sequence is twice its number; ticks stand between, behind the last number claimed. Any thread, without
 * locks: one addition for a batch.
 */
final class FrameOrder {
    /** A member without frames in work: it has passed whatever was claimed. */
    private static final long AT_REST = Long.MAX_VALUE;
    /** Two cache lines apart. */
    private static final int STRIDE = 16;
    private static final int NUMBERS = STRIDE;

    private final AtomicLongArray states;

    FrameOrder(final int members) {
        states = new AtomicLongArray((members + 3) * STRIDE);
        for (int i = 0; i < members; i++) {
            states.set(place(i), AT_REST);
        }
    }

    private static int place(final int member) {
        return (member + 2) * STRIDE;
    }

    /** Claims numbers for a batch, 0 or more, until {@link #done}; answers the number before the first of them. */
    long claim(final int member, final int frames) {
        // Written before the claim: whoever sees the numbers taken sees that their owner is at work.
        states.set(place(member), behind(states.get(NUMBERS)));
        return states.getAndAdd(NUMBERS, frames);
    }

    /** The batch was worked on, and what came of it is on its rings. */
    void done(final int member) {
        states.setRelease(place(member), AT_REST);
    }

    /** Numbers claimed so far. */
    long claimed() {
        return states.get(NUMBERS);
    }

    /** Sequence of a frame. */
    static long of(final long number) {
        return number << 1;
    }

    /** Sequence of what stands between a frame and the next. */
    static long behind(final long number) {
        return number << 1 | 1;
    }

    /** The sequence up to which a member is done. */
    long passedSequence(final int member) {
        // The numbers first: those that are claimed later are greater.
        final long claimed = states.get(NUMBERS);
        final long state = states.get(place(member));
        return state == AT_REST ? behind(claimed) : state;
    }

    /** The number up to which a member is done. */
    long passedNumber(final int member) {
        return passedSequence(member) >>> 1;
    }
}
