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
    /**
     * Frames that go through on one thread at a time: their descriptors and headers, gone through several times, stay
     * in the first-level cache.
     */
    static final int FUSED = 64;

    final Frame[] frames;
    int count;

    /** Makes a batch of so many descriptors. */
    Batch(final int capacity) {
        frames = new Frame[capacity];
        for (int i = 0; i < capacity; i++) {
            frames[i] = new Frame();
        }
    }

    boolean isFull() {
        return count == frames.length;
    }
}
