package io.weir.reassembly;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Copies of what was delivered last, of all streams of one worker, for comparison with later copies: a ring that each
 * delivery writes on, and that forgets the oldest. Owned by one worker.
 *
 * <p>A position counts bytes since the start, of which 48 bits are kept: it comes round after 256 TiB, which takes
 * longer than a stream without a segment lives.
 */
final class DeliveredBytes implements AutoCloseable {
    private static final long POSITION_MASK = (1L << 48) - 1;

    private final NativeMemory.Region region;
    private final long address;
    private final long mask;
    private long end;

    /**
     * Reserves memory, untouched before it is used.
     *
     * @param bytes power of two, more than {@link DeliveredSegments#LENGTH_MAX}
     */
    DeliveredBytes(final long bytes) {
        if (Long.bitCount(bytes) != 1 || bytes <= DeliveredSegments.LENGTH_MAX) {
            throw new IllegalArgumentException("a power of two above " + DeliveredSegments.LENGTH_MAX + ", not "
                + bytes);
        }
        region = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, bytes, NativeMemory.CACHE_LINE);
        address = region.address();
        mask = bytes - 1;
    }

    /**
     * Copies bytes.
     *
     * @param length at most {@link DeliveredSegments#LENGTH_MAX}
     * @return their position
     */
    long add(final long source, final int length) {
        long position = end;
        final long left = mask + 1 - (position & mask);
        if (length > left) {
            // in one piece, so that it is compared in one piece
            position += left;
        }
        UnsafeApi.copyMemory(source, address + (position & mask), length);
        end = position + length;
        return position;
    }

    /** True if the bytes that were added at a position are still there; of a position 48 bits count. */
    boolean holds(final long position) {
        return (end - position & POSITION_MASK) <= mask + 1;
    }

    /** Where the bytes lie that were added at a position; good until more are added. */
    long address(final long position) {
        return address + (position & mask);
    }

    @Override
    public void close() {
        region.close();
    }
}
