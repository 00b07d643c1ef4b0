package io.weir.reassembly;

import io.weir.base.NativeMemory;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * Copies of what was delivered last, of all streams of one worker, for comparison with later copies: a ring that each
 * delivery writes on, and that forgets the oldest. In front of a segment's bytes stands how many they are, and where
 * the segment before it in its stream lies: they lie end to end there, and the newest ends where the stream stands, so
 * that no sequence numbers are needed. Of a segment nobody looked at there is that header alone. Owned by one worker.
 *
 * <p>A position counts bytes since the start, of which 46 bits are kept: it comes round after 64 TiB, which takes
 * longer than a stream without a segment lives.
 */
final class DeliveredBytes implements AutoCloseable {
    /** Segments remembered of a stream. */
    static final int COUNT = 8;
    /** In place of the position of a segment before the first one of a stream. */
    static final long NONE = -1;
    /** Longest segment that is remembered. */
    static final int LENGTH_MAX = 0xffff;

    private static final long POSITION_MASK = (1L << 46) - 1;
    /**
     * Length in the lower 16 bits, whether it was passed over or taken out of the stream, and position of the segment
     * before in the upper 46.
     */
    private static final int HEADER = Long.BYTES;
    private static final int PASSED = 1 << 16;
    private static final int TAKEN_OUT = 1 << 17;
    private static final int POSITION_SHIFT = 18;

    private final NativeMemory.Region region;
    private final long address;
    private final long mask;
    private long end;

    /**
     * Reserves memory, untouched before it is used.
     *
     * @param bytes power of two, more than twice {@link #LENGTH_MAX}
     */
    DeliveredBytes(final long bytes) {
        if (Long.bitCount(bytes) != 1 || bytes <= 2 * LENGTH_MAX) {
            throw new IllegalArgumentException("a power of two above " + 2 * LENGTH_MAX + ", not " + bytes);
        }
        region = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, bytes, NativeMemory.CACHE_LINE);
        address = region.address();
        mask = bytes - 1;
    }

    /**
     * Copies the bytes of a segment.
     *
     * @param length at most {@link #LENGTH_MAX}
     * @param before position of the segment before it in its stream, or {@link #NONE}
     * @return its position
     */
    long add(final long source, final int length, final long before) {
        long position = end;
        final long left = mask + 1 - (position & mask);
        if (HEADER + length > left) {
            // in one piece, so that it is compared in one piece
            position += left;
        }
        final long header = address + (position & mask);
        UnsafeApi.putLong(header, (before == NONE ? position : before) << POSITION_SHIFT | length);
        UnsafeApi.copyMemory(source, header + HEADER, length);
        end = BitUtil.align(position + HEADER + length, (long) HEADER);
        return position;
    }

    /**
     * Notes a segment without its bytes, otherwise as {@link #add}.
     *
     * @return its position
     */
    long pass(final int length, final long before) {
        final long position = end;
        UnsafeApi.putLong(address + (position & mask),
            (before == NONE ? position : before) << POSITION_SHIFT | PASSED | length);
        end = position + HEADER;
        return position;
    }

    /**
     * Lengthens a segment that was passed over by what was passed over behind it.
     *
     * @param position of the newest segment of a stream
     * @return false if it cannot be
     */
    boolean passMore(final long position, final int length) {
        if (!holds(position) || !isPassed(position) || length(position) + length > LENGTH_MAX) {
            return false;
        }
        final long header = address + (position & mask);
        UnsafeApi.putLong(header, UnsafeApi.getLong(header) + length);
        return true;
    }

    /** Notes that the segment added last at a position is no part of its stream, but was taken out of it. */
    void takenOut(final long position) {
        final long header = address + (position & mask);
        UnsafeApi.putLong(header, UnsafeApi.getLong(header) | TAKEN_OUT);
    }

    /** True if a segment is no part of its stream. */
    boolean isTakenOut(final long position) {
        return (UnsafeApi.getLong(address + (position & mask)) & TAKEN_OUT) != 0;
    }

    /** True if a segment that was added or passed over is still there; of a position 46 bits count. */
    boolean holds(final long position) {
        return (end - position & POSITION_MASK) <= mask + 1;
    }

    /** Bytes there is room for, with headers. */
    long capacity() {
        return mask + 1;
    }

    /** Position of what comes next. */
    long end() {
        return end;
    }

    /**
     * Copies the last bytes of a stream to native memory.
     *
     * @param newest position of its newest segment
     * @return false if not so many were added of it, or not all of them are there; then the target is undefined
     */
    boolean copyLast(final long newest, final int count, final long target) {
        long position = newest;
        int left = count;
        while (left > 0 && holds(position) && !isPassed(position)) {
            if (!isTakenOut(position)) {
                final int length = length(position);
                final int taken = Math.min(left, length);
                left -= taken;
                UnsafeApi.copyMemory(address(position) + length - taken, target + left, taken);
            }
            final long before = before(position);
            if (before == (position & POSITION_MASK)) {
                break;
            }
            position = before;
        }
        return left == 0;
    }

    /** Where the bytes of a segment lie; good until more are added. */
    long address(final long position) {
        return address + (position & mask) + HEADER;
    }

    /** Length of a segment that is still there. */
    int length(final long position) {
        return (int) UnsafeApi.getLong(address + (position & mask)) & LENGTH_MAX;
    }

    /** True if the bytes of a segment are not there, but its length alone. */
    boolean isPassed(final long position) {
        return (UnsafeApi.getLong(address + (position & mask)) & PASSED) != 0;
    }

    /**
     * The position that {@link #add} was told of the segment before, its lower 46 bits; that of the segment itself if
     * it is the first of its stream.
     */
    long before(final long position) {
        return UnsafeApi.getLong(address + (position & mask)) >>> POSITION_SHIFT;
    }

    @Override
    public void close() {
        region.close();
    }
}
