package io.weir.reassembly;

import io.weir.base.NativeMemory;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Chunks of equal size, taken and given back in constant time. Owned by one thread.
 *
 * <p>The memory is not touched before it is used: chunks are handed out from the low end first.
 */
final class ChunkPool implements AutoCloseable {
    static final int NONE = -1;

    private final int chunkBytes;
    private final int capacity;
    private final NativeMemory.Region region;
    private final long address;

    private int highWater;
    private int firstFree = NONE;
    private int inUse;

    /**
     * Reserves memory for whole chunks.
     *
     * @param chunkBytes power of two, at least a cache line
     * @throws IllegalArgumentException if the memory is less than a chunk, or more than 2^31 - 1 of them
     */
    ChunkPool(final long memoryBytes, final int chunkBytes) {
        final long chunks = memoryBytes / chunkBytes;
        if (chunks < 1 || chunks > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("memory for reassembly must hold 1 to " + Integer.MAX_VALUE
                + " chunks of " + chunkBytes + " bytes; " + memoryBytes + " bytes do not");
        }
        this.chunkBytes = chunkBytes;
        capacity = (int) chunks;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, chunks * chunkBytes, NativeMemory.CACHE_LINE);
        address = region.address();
    }

    /** First byte of a chunk. */
    long address(final int chunk) {
        return address + (long) Objects.checkIndex(chunk, highWater) * chunkBytes;
    }

    /** A chunk to use, or {@link #NONE} if all are in use. Its bytes are whatever they were. */
    int take() {
        final int chunk;
        if (firstFree != NONE) {
            chunk = firstFree;
            firstFree = UnsafeApi.getInt(address(chunk));
        } else if (highWater < capacity) {
            chunk = highWater++;
        } else {
            return NONE;
        }
        inUse++;
        return chunk;
    }

    void giveBack(final int chunk) {
        UnsafeApi.putInt(address(chunk), firstFree);
        firstFree = chunk;
        inUse--;
    }

    int free() {
        return capacity - inUse;
    }

    int inUse() {
        return inUse;
    }

    int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        highWater = 0;
        firstFree = NONE;
        inUse = 0;
        region.close();
    }
}
