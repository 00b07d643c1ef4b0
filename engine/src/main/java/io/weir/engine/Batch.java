package io.weir.engine;

import io.weir.packet.Frame;

/**
 * Up to {@link #CAPACITY} frame descriptors on their way through one thread.
 *
 * <p>Descriptors change places with those of rings, they are never copied. Owned by one thread.
 */
final class Batch {
    /** A worker publishes its progress at least this often. */
    static final int CAPACITY = 256;

    final Frame[] frames = new Frame[CAPACITY];
    int count;

    /** Makes a batch; with its own descriptors if frames are decoded into it. */
    Batch(final boolean withFrames) {
        if (withFrames) {
            for (int i = 0; i < CAPACITY; i++) {
                frames[i] = new Frame();
            }
        }
    }

    boolean isFull() {
        return count == CAPACITY;
    }
}
