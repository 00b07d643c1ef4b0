package io.weir.protocol;

/**
 * Arrays for what must outlive a frame: parts of messages, records in the making. Sizes are powers of two from
 * {@link #MIN} to {@link #MAX}; given back ones are used again. Never more than a limit in all, so that no traffic can
 * make it grow without bound. Owned by one worker.
 */
public final class BufferPool {
    /** Shortest array. */
    public static final int MIN = 256;
    /** Longest array. */
    public static final int MAX = 64 * 1024;

    private static final int MIN_SHIFT = 8;
    private static final int CLASSES = 9;

    private final long limit;
    private final byte[][][] free = new byte[CLASSES][][];
    private final int[] counts = new int[CLASSES];
    private long made;
    private long inUse;
    private long refused;

    /**
     * Makes an empty pool.
     *
     * @param limit most bytes it ever makes
     */
    public BufferPool(final long limit) {
        this.limit = limit;
        for (int i = 0; i < CLASSES; i++) {
            free[i] = new byte[8][];
        }
    }

    /** An array of at least this length, with any content, or null if there is no room or it would be too long. */
    public byte[] take(final int length) {
        if (length > MAX) {
            refused++;
            return null;
        }
        final int size = sizeClass(length);
        if (counts[size] > 0) {
            inUse += (long) MIN << size;
            return free[size][--counts[size]];
        }
        final long bytes = (long) MIN << size;
        if (made + bytes > limit && !makeRoom(bytes, size)) {
            refused++;
            return null;
        }
        made += bytes;
        inUse += bytes;
        return new byte[(int) bytes];
    }

    /** Lets go of free arrays of other sizes until one more of this size may be made. */
    private boolean makeRoom(final long bytes, final int size) {
        for (int i = 0; i < CLASSES && made + bytes > limit; i++) {
            while (i != size && counts[i] > 0 && made + bytes > limit) {
                free[i][--counts[i]] = null;
                made -= (long) MIN << i;
            }
        }
        return made + bytes <= limit;
    }

    /** Takes an array back that {@link #take} gave. */
    public void giveBack(final byte[] array) {
        final int size = sizeClass(array.length);
        if (counts[size] == free[size].length) {
            free[size] = java.util.Arrays.copyOf(free[size], counts[size] * 2);
        }
        free[size][counts[size]++] = array;
        inUse -= array.length;
    }

    private static int sizeClass(final int length) {
        return length <= MIN ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(length - 1) - MIN_SHIFT;
    }

    /** Bytes of arrays that are out. */
    public long inUse() {
        return inUse;
    }

    /** Requests that found no room. */
    public long refused() {
        return refused;
    }
}
