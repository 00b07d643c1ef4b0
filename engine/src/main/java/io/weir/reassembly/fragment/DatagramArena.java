package io.weir.reassembly.fragment;

import io.weir.base.NativeMemory;

/**
 * The buffer in which rebuilt datagrams lie while workers read them: a ring of blocks that are filled one after the
 * other and given back in order, as those of a frame source are. Owned by the dispatching thread.
 */
public final class DatagramArena implements AutoCloseable {
    /** Bytes of one block: room for the longest datagram behind the longest headers in front of it. */
    static final int BLOCK_BYTES = 256 << 10;

    private final int blocks;
    private final NativeMemory.Region region;
    private long block;
    private long released = -1;
    private int used;

    /**
     * Reserves memory, untouched before it is used.
     *
     * @param memoryBytes at least two blocks
     */
    DatagramArena(final long memoryBytes) {
        blocks = (int) Math.max(2, memoryBytes / BLOCK_BYTES);
        region = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, (long) blocks * BLOCK_BYTES,
            NativeMemory.CACHE_LINE);
    }

    /** True if so many bytes can be claimed, or never can be. */
    boolean hasRoom(final int length) {
        return length <= BLOCK_BYTES - used || length > BLOCK_BYTES || block + 1 - released <= blocks;
    }

    /**
     * Claims bytes in the current block, or the next.
     *
     * @return their address, or 0 if there is no room
     */
    long claim(final int length) {
        if (length > BLOCK_BYTES || !hasRoom(length)) {
            return 0;
        }
        if (length > BLOCK_BYTES - used) {
            block++;
            used = 0;
        }
        final long address = region.address() + block % blocks * BLOCK_BYTES + used;
        used += length;
        return address;
    }

    /** The block that is being filled; ascending from 0. */
    public long block() {
        return block;
    }

    /** How many blocks there are. */
    public int blockCount() {
        return blocks;
    }

    /** Gives back all blocks up to and including {@code upTo}, which lies before {@link #block()}. */
    public void release(final long upTo) {
        released = Math.max(released, upTo);
    }

    @Override
    public void close() {
        region.close();
    }
}
