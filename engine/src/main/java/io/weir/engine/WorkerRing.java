package io.weir.engine;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.weir.packet.Frame;

/**
 * The ring from the dispatcher to one worker, with the marks by which both agree on what is still read.
 *
 * <p>The worker announces how far it will read ({@code claimed}) before it reads, then looks at the shed mark; the
 * dispatcher raises the shed mark, then looks at {@code claimed}. Both steps are sequentially consistent, so a frame
 * below the mark and beyond {@code claimed} is certain not to be read, and its block can go back even while the worker
 * stands still.
 */
final class WorkerRing {
    private final RingBuffer<Slot> ring;
    private final Sequence consumed = new Sequence();
    private final Sequence claimed = new Sequence();
    private final Sequence shedMark = new Sequence();
    private long batchEnd;

    /** A place in the ring; its descriptor is swapped in, not copied. */
    static final class Slot {
        Frame frame = new Frame();
    }

    WorkerRing(final int size) {
        ring = RingBuffer.createSingleProducer(Slot::new, size, new BusySpinWaitStrategy());
        ring.addGatingSequences(consumed);
    }

    // ---- dispatcher

    /** True if {@code count} slots can be claimed without waiting. */
    boolean hasRoom(final int count) {
        return ring.hasAvailableCapacity(count);
    }

    /** Slots there are. */
    int size() {
        return ring.getBufferSize();
    }

    /** Slots that can be claimed without waiting. */
    int room() {
        return (int) ring.remainingCapacity();
    }

    /** Claims slots; there must be room. Answers the highest sequence claimed. */
    long claim(final int count) {
        return ring.next(count);
    }

    /** Puts a descriptor into a claimed slot and answers the one that lay there. */
    Frame swap(final long sequence, final Frame frame) {
        final Slot slot = ring.get(sequence);
        final Frame old = slot.frame;
        slot.frame = frame;
        return old;
    }

    void publish(final long low, final long high) {
        ring.publish(low, high);
    }

    /** Tells the worker to pass everything up to {@code sequence} unread, unless it has begun with it. */
    void shedUpTo(final long sequence) {
        if (sequence > shedMark.get()) {
            shedMark.setVolatile(sequence);
        }
    }

    /** The sequence up to which this worker will read nothing any more. */
    long passed() {
        final long mark = shedMark.get();
        final long begun = claimed.get();
        final long done = consumed.get();
        // Between batches claimed equals consumed, and all up to the mark is certain to be skipped.
        return begun == done ? Math.max(done, mark) : done;
    }

    /** Slots published and not passed yet; a moment old. Any thread. */
    int waiting() {
        return (int) Math.max(0, ring.getCursor() - consumed.get());
    }

    /** True if the worker has passed all that was published. */
    boolean isDrained() {
        return consumed.get() == ring.getCursor();
    }

    // ---- worker

    /**
     * Begins a batch: frames after the answered sequence and up to {@link #batchEnd()} are to be read, those between
     * the last batch and the answered sequence are shed.
     */
    long begin(final int limit) {
        final long low = consumed.get();
        final long available = ring.getCursor();
        batchEnd = Math.min(available, Math.max(low, Math.min(shedMark.get(), available)) + limit);
        claimed.setVolatile(batchEnd);
        return Math.max(low, Math.min(shedMark.get(), batchEnd));
    }

    /** Last sequence of the batch begun. */
    long batchEnd() {
        return batchEnd;
    }

    /** Sequence before the first of the batch begun. */
    long batchStart() {
        return consumed.get();
    }

    Frame frame(final long sequence) {
        return ring.get(sequence).frame;
    }

    /** Ends a batch: everything up to its end was read or shed. */
    void end() {
        consumed.set(batchEnd);
    }
}
