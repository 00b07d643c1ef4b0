package io.weir.stats;

import org.HdrHistogram.WriterReaderPhaser;

/**
 * Two of a kind: one thread writes into one of them while another reads and clears the other.
 *
 * <p>The writer enters and leaves once for as many values as it likes, which costs two atomic additions; it never
 * waits. The reader waits for a writer that is inside, which is some microseconds; a thread that is both reads only
 * while it is outside, else it waits for itself.
 *
 * @param <T> what is written to
 */
final class Alternating<T> {
    private static final long PAUSE_NS = 50_000;

    private final WriterReaderPhaser phaser = new WriterReaderPhaser();
    private volatile T written;
    private T spare;
    private long entered;

    /** Begins with two that are empty. */
    Alternating(final T first, final T second) {
        written = first;
        spare = second;
    }

    /** Enters: what is answered may be written to until {@link #leave()}. Writing thread. */
    T enter() {
        entered = phaser.writerCriticalSectionEnter();
        return written;
    }

    /** Leaves. Writing thread. */
    void leave() {
        phaser.writerCriticalSectionExit(entered);
    }

    /** The one that is not written to now: to be cleared before {@link #swap()}. Reading thread. */
    T spare() {
        return spare;
    }

    /** Gives the writer the spare one and answers the other, which nobody writes to any more. Reading thread. */
    T swap() {
        phaser.readerLock();
        try {
            final T taken = written;
            written = spare;
            spare = taken;
            phaser.flipPhase(PAUSE_NS);
            return taken;
        } finally {
            phaser.readerUnlock();
        }
    }
}
