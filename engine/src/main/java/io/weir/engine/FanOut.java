package io.weir.engine;

import io.weir.capture.FrameSource;
import io.weir.flow.Toeplitz;
import io.weir.packet.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.CloseHelper;

/**
 * What the members of a fan-out share: who owns which flow, the rings by which they hand frames over, how far each has
 * captured, and whether all have begun and ended. Members write their own places alone; nobody waits for anybody.
 */
final class FanOut implements AutoCloseable {
    private static final int STRIDE = 16;
    private static final int SLOTS = 8 * 1024;
    private static final int LEAST_SLOTS = 64;
    private static final int BYTES = 32 << 20;
    private static final int LEAST_BYTES = 512 << 10;
    private static final int MOST_BYTES = 4 << 20;

    private static final long NOTHING_YET = Long.MIN_VALUE / 2;

    private static final int RUNS = 1;
    private static final int EXHAUSTED = 2;

    private final int members;
    private final Toeplitz toeplitz;
    private final List<? extends FrameSource> sources;
    private final HandOverRing[] rings;
    private final FrameOrder order;
    /** For each member: the stamp up to which it has handed over what it captured; the same of what it passed on. */
    private final AtomicLongArray marks;
    private final AtomicIntegerArray states;
    private final AtomicIntegerArray sleeping;

    FanOut(final List<? extends FrameSource> sources, final Toeplitz toeplitz) {
        this.sources = sources;
        this.toeplitz = toeplitz;
        members = sources.size();
        order = new FrameOrder(members);
        rings = new HandOverRing[members * members];
        final int slots = Math.max(LEAST_SLOTS, Integer.highestOneBit(SLOTS / members));
        final int bytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, BYTES / (members * members)) & -4096);
        for (int from = 0; from < members; from++) {
            for (int to = 0; to < members; to++) {
                rings[from * members + to] = from == to ? null : new HandOverRing(slots, bytes);
            }
        }
        marks = new AtomicLongArray((members + 2) * STRIDE);
        for (int i = 0; i < marks.length(); i++) {
            marks.set(i, NOTHING_YET);
        }
        states = new AtomicIntegerArray((members + 2) * STRIDE);
        sleeping = new AtomicIntegerArray((members + 2) * STRIDE);
    }

    private static int place(final int member) {
        return (member + 1) * STRIDE;
    }

    int members() {
        return members;
    }

    FrameOrder order() {
        return order;
    }

    /** The member that works on a frame with a flow. */
    int owner(final Frame frame) {
        return Integer.remainderUnsigned(toeplitz.hash(frame), members);
    }

    /** The member that puts the datagram of a fragment together. */
    int datagramOwner(final Frame fragment) {
        return Integer.remainderUnsigned(toeplitz.hashAddresses(fragment), members);
    }

    /** The ring between two different members. */
    HandOverRing ring(final int from, final int to) {
        return rings[from * members + to];
    }

    // ---- begin and end

    /** This member's thread runs; answers whether all do. */
    boolean begin(final int member) {
        if (states.getPlain(place(member)) == 0) {
            states.set(place(member), RUNS);
        }
        for (int i = 0; i < members; i++) {
            if (states.get(place(i)) == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * This member will capture nothing more and has worked on all it had; answers whether that holds for all, and
     * nothing is on its way between them.
     */
    boolean end(final int member) {
        states.set(place(member), EXHAUSTED);
        for (int i = 0; i < members; i++) {
            if (states.get(place(i)) != EXHAUSTED) {
                return false;
            }
        }
        // What was consumed, then what was published: if they agree, nothing was on its way in between, and whoever
        // passes a frame on does so before it is done with it.
        long onTheWay = 0;
        for (final HandOverRing ring : rings) {
            onTheWay -= ring == null ? 0 : ring.consumed();
        }
        for (final HandOverRing ring : rings) {
            onTheWay += ring == null ? 0 : ring.published();
        }
        return onTheWay == 0;
    }

    // ---- how far

    /**
     * Says how far this member is, after what it says is on the rings.
     *
     * @param capturedNs all it captured up to this stamp is
     * @param passedOnNs all it captured, or passed on, before this stamp is
     */
    void mark(final int member, final long capturedNs, final long passedOnNs) {
        marks.setRelease(place(member), capturedNs);
        marks.setRelease(place(member) + 1, passedOnNs);
    }

    /** All that others captured up to this stamp is on the rings. To be asked before they are looked at. */
    long othersCapturedNs(final int member) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < members; i++) {
            if (i != member) {
                least = Math.min(least, marks.getAcquire(place(i)));
            }
        }
        return least;
    }

    /**
     * All that others captured, or passed on, up to this stamp is on the rings; what has the same stamp as a fragment
     * that waits elsewhere comes first where the member has the lower number.
     */
    long othersPassedOnNs(final int member) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < members; i++) {
            if (i != member) {
                least = Math.min(least, marks.getAcquire(place(i) + 1) - (i < member ? 1 : 0));
            }
        }
        return least;
    }

    // ---- waking

    /** Lets others see what a member has offered them, and wakes those that sleep. */
    void flush(final int from) {
        for (int to = 0; to < members; to++) {
            if (to != from && ring(from, to).flush() && sleeping.get(place(to)) != 0) {
                sources.get(to).wakeup();
            }
        }
    }

    /** This member sleeps in its source from now on, unless something is on its rings, which is answered. */
    boolean sleep(final int member) {
        sleeping.set(place(member), 1);
        for (int from = 0; from < members; from++) {
            if (from != member && ring(from, member).published() != ring(from, member).consumed()) {
                wakeUp(member);
                return false;
            }
        }
        return true;
    }

    /** This member is awake. */
    void wakeUp(final int member) {
        sleeping.set(place(member), 0);
    }

    /** Frames that wait to be taken by a member; a moment old. */
    int waiting(final int member) {
        long waiting = 0;
        for (int from = 0; from < members; from++) {
            if (from != member) {
                waiting += ring(from, member).published() - ring(from, member).consumed();
            }
        }
        return (int) Math.max(0, waiting);
    }

    @Override
    public void close() {
        for (final HandOverRing ring : rings) {
            CloseHelper.close(ring);
        }
    }
}
