package io.weir.protocol;

import io.weir.base.Spares;
import java.util.Arrays;

/**
 * Arrays for what must outlive a frame: parts of messages, records in the making. Sizes are powers of two from
 * {@link #MIN} to {@link #MAX}, and one and a half times these; given back ones are used again. Never more than a limit
 * in all, so that no traffic can make it grow without bound. Owned by one worker.
 */
public final class BufferPool {
    /** Shortest array. */
    public static final int MIN = 128;
    /** Longest array. */
    public static final int MAX = 64 * 1024;

    private static final int MIN_SHIFT = 7;
    private static final int CLASSES = 19;
    /** Sizes are multiples of this many bytes. */
    private static final int STEP_SHIFT = MIN_SHIFT - 1;
    /** By the number of steps, rounded up. */
    private static final byte[] CLASS_OF = new byte[(MAX >>> STEP_SHIFT) + 1];

    static {
        for (int i = 0; i < CLASS_OF.length; i++) {
            CLASS_OF[i] = (byte) classOf(i << STEP_SHIFT);
        }
    }

    private final long limit;
    private final byte[][][] free = new byte[CLASSES][][];
    private final int[] counts = new int[CLASSES];
    private long made;
    private long inUse;
    private long refused;
    private final Spares<Bytes> views = new Spares<>();
    private final Spares<StreamInput> inputs = new Spares<>();

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
        final byte[] taken = takeIfThere(length);
        if (taken == null) {
            refused++;
        }
        return taken;
    }

    /** The same for one who can do without: that there is no room is no refusal. */
    byte[] takeIfThere(final int length) {
        if (length > MAX) {
            return null;
        }
        final int size = sizeClass(length);
        if (counts[size] > 0) {
            // It may not be in the cache: who asked it how long it is would wait, who writes to it does not.
            inUse += size(size);
            return free[size][--counts[size]];
        }
        final long bytes = size(size);
        if (made + bytes > limit && !makeRoom(bytes, size)) {
            return null;
        }
        made += bytes;
        inUse += bytes;
        return new byte[(int) bytes];
    }

    /** How long the array is that {@link #take} gives for a length. */
    static int lengthFor(final int length) {
        return size(sizeClass(length));
    }

    /** Lets go of free arrays of other sizes until one more of this size may be made. */
    private boolean makeRoom(final long bytes, final int size) {
        for (int i = 0; i < CLASSES && made + bytes > limit; i++) {
            while (i != size && counts[i] > 0 && made + bytes > limit) {
                free[i][--counts[i]] = null;
                made -= size(i);
            }
        }
        return made + bytes <= limit;
    }

    /**
     * Takes an array back that {@link #take} gave.
     *
     * @throws IllegalArgumentException if it is of no class, and the next who took it would get too short a one
     */
    public void giveBack(final byte[] array) {
        if (array.length > MAX || lengthFor(array.length) != array.length) {
            throw new IllegalArgumentException("not of this pool: " + array.length + " bytes");
        }
        final int size = sizeClass(array.length);
        if (counts[size] == free[size].length) {
            free[size] = Arrays.copyOf(free[size], counts[size] * 2);
        }
        // Mostly it is the one that was taken last: to look costs less than to store a reference.
        final int at = counts[size]++;
        if (free[size][at] != array) {
            free[size][at] = array;
        }
        inUse -= array.length;
    }

    private static int sizeClass(final int length) {
        return CLASS_OF[length + (1 << STEP_SHIFT) - 1 >>> STEP_SHIFT];
    }

    /** Class 0 is {@link #MIN}, 1 half as much again, 2 twice as much, and so on. */
    private static int classOf(final int length) {
        if (length <= MIN) {
            return 0;
        }
        final int floor = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length - 1);
        final int middle = 3 << floor - 1;
        return 2 * (floor - MIN_SHIFT) + (length <= middle ? 1 : 2);
    }

    private static int size(final int sizeClass) {
        final int even = MIN << (sizeClass >> 1);
        return (sizeClass & 1) == 0 ? even : even + (even >> 1);
    }

    /** A view with any content, for as long as it is not given back. */
    Bytes takeView() {
        final Bytes taken = views.take();
        return taken == null ? new Bytes() : taken;
    }

    /** Takes a view back. */
    void giveBack(final Bytes view) {
        views.giveBack(view);
    }

    /** An input that holds nothing. */
    StreamInput takeInput() {
        final StreamInput taken = inputs.take();
        return taken == null ? new StreamInput(this) : taken;
    }

    /** Takes back an input that holds nothing. */
    void giveBack(final StreamInput input) {
        inputs.giveBack(input);
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
