package io.weir.engine;

/**
 * Knows which blocks of one leaf hold frames that wait to be worked on, where whoever takes frames works on them too:
 * by count, for there is only one thread. Blocks go back in order.
 */
final class HeldBlocks {
    private static final long NONE = -1;

    private final int[] held;
    private long oldest;
    private long newest = NONE;

    /** For a leaf with so many blocks; no more can be open at once. */
    HeldBlocks(final int blocks) {
        held = new int[Integer.highestOneBit(Math.max(2, blocks) * 2 - 1) * 2];
    }

    private int place(final long block) {
        return (int) block & held.length - 1;
    }

    /** A frame of {@code block} was taken. Blocks ascend. */
    void open(final long block) {
        if (newest == NONE) {
            oldest = block;
        } else if (block < oldest) {
            // It had been given back while it was unfinished, and now there is more in it.
            oldest = block;
        }
        newest = Math.max(newest, block);
    }

    /** A frame of {@code block} waits. */
    void hold(final long block) {
        held[place(block)]++;
    }

    /** A frame of {@code block} waits no more. */
    void letGo(final long block) {
        held[place(block)]--;
    }

    /**
     * Frees what can be freed.
     *
     * @param withUnfinished true to free the block that frames are taken from as well
     * @return the newest block that is free now, or -1 if none became free
     */
    long takeFree(final boolean withUnfinished) {
        final long end = withUnfinished ? newest : newest - 1;
        long free = NONE;
        while (newest != NONE && oldest <= end && held[place(oldest)] == 0) {
            free = oldest++;
        }
        return free;
    }
}
