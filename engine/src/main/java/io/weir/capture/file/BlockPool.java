package io.weir.capture.file;

import io.weir.base.NativeMemory;
import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/**
 * The blocks that files are read into, numbered in ascending order over the whole trace and given back in that order.
 * For one thread.
 */
final class BlockPool implements AutoCloseable {
    /**
     * Size of a block, unless one record needs more. A few of them stay in the second-level cache, so that the frames
     * the kernel has just copied are still there when they are looked at.
     */
    static final int BLOCK_BYTES = 128 << 10;

    private static final boolean POISON = Boolean.getBoolean("weir.debug.poison");
    private static final byte POISON_BYTE = (byte) 0xDB;

    private final NativeMemory.Region[] regions;
    private final ByteBuffer[] buffers;
    private final int blockBytes;
    private long acquired;
    private long released;

    BlockPool(final int count, final int blockBytes) {
        regions = new NativeMemory.Region[count];
        buffers = new ByteBuffer[count];
        this.blockBytes = blockBytes;
    }

    int count() {
        return regions.length;
    }

    /**
     * Takes the next block.
     *
     * @param bytes least length of the block
     * @return its number, or -1 if all blocks are taken
     */
    long acquire(final long bytes) {
        if (acquired - released >= regions.length) {
            return -1;
        }
        resize((int) (acquired % regions.length), Math.max(bytes, blockBytes));
        return acquired++;
    }

    private void resize(final int slot, final long bytes) {
        if (regions[slot] == null || regions[slot].length() != bytes) {
            if (regions[slot] != null) {
                regions[slot].close();
            }
            regions[slot] = allocate(bytes);
            buffers[slot] = regions[slot].byteBuffer();
        }
    }

    /** Makes a taken block longer; its first {@code keep} bytes move along. */
    void grow(final long block, final long bytes, final long keepFrom, final long keep) {
        final int slot = (int) (block % regions.length);
        final NativeMemory.Region larger = allocate(bytes);
        UnsafeApi.copyMemory(keepFrom, larger.address(), keep);
        regions[slot].close();
        regions[slot] = larger;
        buffers[slot] = larger.byteBuffer();
    }

    private static NativeMemory.Region allocate(final long bytes) {
        // A length comes from the file: nothing is resident before as many bytes were really read.
        return NativeMemory.allocateLazily(NativeMemory.Tag.FILE_BLOCKS, bytes, NativeMemory.CACHE_LINE);
    }

    long address(final long block) {
        return regions[(int) (block % regions.length)].address();
    }

    ByteBuffer buffer(final long block) {
        return buffers[(int) (block % regions.length)];
    }

    /** Gives back all blocks up to and including {@code block}. */
    void release(final long block) {
        final long end = Math.min(block + 1, acquired);
        while (released < end) {
            if (POISON) {
                final NativeMemory.Region region = regions[(int) (released % regions.length)];
                UnsafeApi.setMemory(region.address(), region.length(), POISON_BYTE);
            }
            released++;
        }
    }

    @Override
    public void close() {
        for (final NativeMemory.Region region : regions) {
            if (region != null) {
                region.close();
            }
        }
    }
}
