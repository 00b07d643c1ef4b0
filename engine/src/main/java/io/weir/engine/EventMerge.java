package io.weir.engine;

import io.weir.event.EventRing;

/**
 * Puts the records of all workers into the order of the trace: by the sequence of the frame or tick that caused them,
 * then by their minor key, then by worker.
 *
 * <p>A record is due once no worker can come up with an earlier one. A worker whose ring of records holds something
 * answers that by its oldest record; one whose ring is empty by how far it has passed. Owned by the aggregator.
 */
final class EventMerge {
    private final EventRing[] rings;
    private final WorkerProgress progress;
    private final int[] heads;
    private int current = -1;

    /** Tells how far a worker is. */
    @FunctionalInterface
    interface WorkerProgress {
        /** Up to this sequence the worker is done and all its records are on its ring. */
        long passedSequence(int worker);
    }

    EventMerge(final EventRing[] rings, final WorkerProgress progress) {
        this.rings = rings;
        this.progress = progress;
        this.heads = new int[rings.length];
    }

    /** Says that this thread reads the rings: it is woken when one of them is full. */
    void readHere() {
        for (final EventRing ring : rings) {
            ring.readBy(Thread.currentThread());
        }
    }

    /**
     * Says that the only worker's own thread reads its ring.
     *
     * @param reader frees all that is there; run when a record finds no room
     */
    void readByWorker(final Runnable reader) {
        rings[0].readHere(reader);
    }

    /** Lets the ring of the only worker, which was read to its end on that worker's thread, start over. */
    void startOver() {
        rings[0].startOver();
    }

    /** Moves to the next due record; false if none is due. */
    boolean next() {
        if (rings.length == 1) {
            // Nobody else can come up with an earlier one.
            heads[0] = rings[0].peek();
            current = heads[0] < 0 ? -1 : 0;
            return current == 0;
        }
        current = -1;
        long safe = Long.MAX_VALUE;
        for (int worker = 0; worker < rings.length; worker++) {
            // Read before the ring: what the worker had passed by then is on the ring by now.
            final long passed = progress.passedSequence(worker);
            heads[worker] = rings[worker].peek();
            if (heads[worker] < 0) {
                safe = Math.min(safe, passed);
            } else if (current < 0 || isBefore(worker, current)) {
                current = worker;
            }
        }
        if (current >= 0 && rings[current].sequence(heads[current]) <= safe) {
            return true;
        }
        current = -1;
        return false;
    }

    private boolean isBefore(final int left, final int right) {
        final long leftSequence = rings[left].sequence(heads[left]);
        final long rightSequence = rings[right].sequence(heads[right]);
        if (leftSequence != rightSequence) {
            return leftSequence < rightSequence;
        }
        return rings[left].minor(heads[left]) < rings[right].minor(heads[right]);
    }

    /** Worker of the current record. */
    int worker() {
        return current;
    }

    /** Ring of the current record. */
    EventRing ring() {
        return rings[current];
    }

    /** Body of the current record. */
    int body() {
        return heads[current];
    }

    /** Frees the current record. */
    void done() {
        rings[current].advance();
    }
}
