package io.weir.rule.detect;

import io.weir.base.NativeMemory;
import java.util.Arrays;

/**
 * Native memory for the last bytes of streams, in blocks of powers of two from {@link #MIN} to {@link #MAX}. A chunk of
 * {@link #MAX} bytes holds blocks of one size at a time, and goes back when the last of them does: whatever sizes were
 * asked for before, no memory stays tied to them. Nothing is resident before its first use. One worker.
 */
final class WindowMemory implements AutoCloseable {
    /** {@link #take}: there is none. */
    static final int NONE = 0;
    /** Shortest block. */
    static final int MIN = 2 * 1024;
    /** Longest block. */
    static final int MAX = 64 * 1024;

    private static final int MIN_SHIFT = 11;
    private static final int UNITS_SHIFT = 5;
    private static final int CLASSES = UNITS_SHIFT + 1;
    private static final int CLASS_BITS = 3;
    private static final int END = -1;
    /** Of each size, bits of the first units of all blocks of a chunk. */
    private static final int[] ALL = {-1, 0x55555555, 0x11111111, 0x01010101, 0x00010001, 1};

    private final NativeMemory.Region region;
    private final int chunks;
    /** Of each chunk the units whose blocks are free: a bit for the first unit of each. */
    private final int[] free;
    private final byte[] sizes;
    /** Chunks of a size with free blocks, and chunks that are free, are lists. */
    private final int[] next;
    private final int[] previous;
    private final int[] first = new int[CLASSES];
    private int firstFree = END;
    private int begun;
    private long inUse;

    /** Makes it of so many bytes, at least {@link #MAX}. */
    WindowMemory(final long bytes) {
        chunks = (int) Math.min(bytes / MAX, 1 << Integer.SIZE - 2 - CLASS_BITS - UNITS_SHIFT);
        region = NativeMemory.allocateLazily(NativeMemory.Tag.RULES, (long) chunks * MAX, NativeMemory.CACHE_LINE);
        free = new int[chunks];
        sizes = new byte[chunks];
        next = new int[chunks];
        previous = new int[chunks];
        Arrays.fill(first, END);
    }

    /** A block of at least so many bytes, at most {@link #MAX}; {@link #NONE} if there is no room. */
    int take(final int length) {
        final int size = length <= MIN ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(length - 1) - MIN_SHIFT;
        if (first[size] == END && !begin(size)) {
            return NONE;
        }
        final int chunk = first[size];
        final int unit = Integer.numberOfTrailingZeros(free[chunk]);
        free[chunk] &= free[chunk] - 1;
        if (free[chunk] == 0) {
            unlink(chunk, size);
        }
        inUse += MIN << size;
        return (chunk << UNITS_SHIFT | unit) + 1 << CLASS_BITS | size;
    }

    private boolean begin(final int size) {
        final int chunk;
        if (firstFree != END) {
            chunk = firstFree;
            firstFree = next[chunk];
        } else if (begun < chunks) {
            chunk = begun++;
        } else {
            return false;
        }
        sizes[chunk] = (byte) size;
        free[chunk] = ALL[size];
        link(chunk, size);
        return true;
    }

    private void link(final int chunk, final int size) {
        next[chunk] = first[size];
        previous[chunk] = END;
        if (first[size] != END) {
            previous[first[size]] = chunk;
        }
        first[size] = chunk;
    }

    private void unlink(final int chunk, final int size) {
        if (previous[chunk] == END) {
            first[size] = next[chunk];
        } else {
            next[previous[chunk]] = next[chunk];
        }
        if (next[chunk] != END) {
            previous[next[chunk]] = previous[chunk];
        }
    }

    /** Takes a block back. */
    void giveBack(final int block) {
        final int place = (block >>> CLASS_BITS) - 1;
        final int chunk = place >>> UNITS_SHIFT;
        final int size = sizes[chunk];
        if (free[chunk] == 0) {
            link(chunk, size);
        }
        free[chunk] |= 1 << place;
        inUse -= MIN << size;
        if (free[chunk] == ALL[size]) {
            unlink(chunk, size);
            next[chunk] = firstFree;
            firstFree = chunk;
        }
    }

    /** Where a block is. */
    long address(final int block) {
        return region.address() + ((long) (block >>> CLASS_BITS) - 1 << MIN_SHIFT);
    }

    /** Bytes of a block; 0 of {@link #NONE}. */
    static int capacity(final int block) {
        return block == NONE ? 0 : MIN << (block & (1 << CLASS_BITS) - 1);
    }

    /** Bytes of blocks that are out. */
    long inUse() {
        return inUse;
    }

    @Override
    public void close() {
        region.close();
    }
}
