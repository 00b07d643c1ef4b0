package io.weir.engine;

import io.weir.packet.Frame;
import java.util.function.Predicate;

/**
 * Frames that wait to be worked on, in the order of {@link Frame#orderNs}; of equal ones the earlier comer goes first.
 * They come nearly in order, so each is put to its place from the end. One thread.
 */
final class WaitingFrames {
    /** {@link #origin}: captured by this member itself. */
    static final int OWN = -1;

    private final Frame[] frames;
    private final int[] origins;
    private final long[] positions;
    private final int mask;
    private long head;
    private long tail;

    /** For at most so many frames, a power of two. */
    WaitingFrames(final int capacity) {
        frames = new Frame[capacity];
        origins = new int[capacity];
        positions = new long[capacity];
        mask = capacity - 1;
    }

    boolean isFull() {
        return tail - head == frames.length;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** True if so many wait, a quarter of what there is room for, that none may wait for others. */
    boolean isCrowded() {
        return tail - head > frames.length / 4;
    }

    /**
     * Adds a frame; there must be room.
     *
     * @param origin   the member that handed it over, or {@link #OWN}
     * @param position of the frame in the ring by which it came
     */
    void add(final Frame frame, final int origin, final long position) {
        long at = tail++;
        while (at > head && frames[(int) (at - 1) & mask].orderNs > frame.orderNs) {
            final int from = (int) (at - 1) & mask;
            final int to = (int) at & mask;
            frames[to] = frames[from];
            origins[to] = origins[from];
            positions[to] = positions[from];
            at--;
        }
        frames[(int) at & mask] = frame;
        origins[(int) at & mask] = origin;
        positions[(int) at & mask] = position;
    }

    /** The first frame, or null. */
    Frame peek() {
        return head == tail ? null : frames[(int) head & mask];
    }

    /** The first frame of those that are such, or null. */
    Frame first(final Predicate<Frame> such) {
        for (long at = head; at < tail; at++) {
            if (such.test(frames[(int) at & mask])) {
                return frames[(int) at & mask];
            }
        }
        return null;
    }

    /** Where the first frame came from. */
    int origin() {
        return origins[(int) head & mask];
    }

    /** Where in its ring the first frame lies. */
    long position() {
        return positions[(int) head & mask];
    }

    /** Takes the first frame away. */
    void remove() {
        head++;
    }
}
