package io.weir.stats;

/**
 * The slowest frames so far, at most {@link #CAPACITY}, slowest first. Adding one allocates nothing: the entry of the
 * one that falls out is filled anew. One thread at a time.
 */
public final class SlowFrames {
    /** Most frames kept. */
    public static final int CAPACITY = 16;

    private final SlowFrame[] frames = new SlowFrame[CAPACITY];
    private int size;

    SlowFrames() {
        for (int i = 0; i < CAPACITY; i++) {
            frames[i] = new SlowFrame();
        }
    }

    /** True if a frame with this rank would be among them. */
    public boolean wants(final long rankNs) {
        return size < CAPACITY || rankNs > frames[CAPACITY - 1].rankNs;
    }

    /** Makes room for a frame that is wanted; the answered entry is to be filled, all but its rank. */
    public SlowFrame add(final long rankNs) {
        int at = size < CAPACITY ? size++ : CAPACITY - 1;
        final SlowFrame added = frames[at];
        while (at > 0 && frames[at - 1].rankNs < rankNs) {
            frames[at] = frames[at - 1];
            at--;
        }
        frames[at] = added;
        added.rankNs = rankNs;
        return added;
    }

    /** Adds those of another list that are slow enough. */
    void addAll(final SlowFrames others) {
        for (int i = 0; i < others.size && wants(others.frames[i].rankNs); i++) {
            add(others.frames[i].rankNs).copy(others.frames[i]);
        }
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The frame at a place, 0 for the slowest. */
    public SlowFrame get(final int place) {
        return frames[place];
    }

    void clear() {
        size = 0;
    }
}
