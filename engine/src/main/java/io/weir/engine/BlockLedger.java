package io.weir.engine;

/**
 * Knows, for the blocks of one leaf source, when each may go back, without counting references.
 *
 * <p>Per block and worker it keeps the last ring sequence that points into the block. A block is free once every worker
 * has passed its own. Blocks go back in order. Owned by the dispatcher.
 */
final class BlockLedger {
    private static final long NONE = -1;

    private final int workers;
    private final int slots;
    private final long[] lastSequence;
    private long oldest;
    private long newest = NONE;

    /**
     * Makes the books.
     *
     * @param blocks  how many blocks the source has; no more can be open at once
     * @param workers number of workers
     */
    BlockLedger(final int blocks, final int workers) {
        this.workers = workers;
        this.slots = Integer.highestOneBit(Math.max(2, blocks) * 2 - 1) * 2;
        this.lastSequence = new long[slots * workers];
    }

    /** Notes that a frame of {@code block} comes next, whoever will get it. Blocks ascend. */
    void open(final long block) {
        if (block > newest) {
            if (newest == NONE) {
                oldest = block;
            }
            for (long b = Math.max(newest + 1, oldest); b <= block; b++) {
                final int base = base(b);
                for (int worker = 0; worker < workers; worker++) {
                    lastSequence[base + worker] = NONE;
                }
            }
            newest = block;
        } else if (block < oldest) {
            // It had been given back while it was unfinished, and now there is more in it.
            oldest = block;
        }
    }

    /** Notes that {@code worker}'s ring points into {@code block} up to {@code sequence}. */
    void refer(final long block, final int worker, final long sequence) {
        lastSequence[base(block) + worker] = sequence;
    }

    /**
     * Frees what can be freed.
     *
     * @param passed         per worker the ring sequence up to which it will read nothing any more
     * @param withUnfinished true to free the block that frames are taken from as well
     * @return the newest block that is free now, or -1 if none became free
     */
    long takeFree(final long[] passed, final boolean withUnfinished) {
        final long end = withUnfinished ? newest : newest - 1;
        long free = NONE;
        while (newest != NONE && oldest <= end && isPassed(oldest, passed)) {
            free = oldest++;
        }
        return free;
    }

    private boolean isPassed(final long block, final long[] passed) {
        final int base = base(block);
        for (int worker = 0; worker < workers; worker++) {
            if (lastSequence[base + worker] > passed[worker]) {
                return false;
            }
        }
        return true;
    }

    /** Blocks that are open, the one frames are taken from included. */
    int openCount() {
        return newest == NONE ? 0 : (int) (newest - oldest + 1);
    }

    /** The oldest open block. */
    long oldest() {
        return oldest;
    }

    /** The block frames are taken from. */
    long newest() {
        return newest;
    }

    /** The sequence up to which {@code worker} must pass so that {@code block} and all before it are free. */
    long lastSequence(final long block, final int worker) {
        long sequence = NONE;
        for (long b = oldest; b <= block; b++) {
            sequence = Math.max(sequence, lastSequence[base(b) + worker]);
        }
        return sequence;
    }

    private int base(final long block) {
        return (int) (block & (slots - 1)) * workers;
    }
}
