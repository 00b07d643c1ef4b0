package io.weir.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/**
 * One file as a window of contiguous bytes that moves from block to block. What straddles the end of a block is carried
 * to the start of the next one, so every record lies in one piece. For one thread.
 */
final class BlockReader implements AutoCloseable {
    /** {@link #require}: the bytes are there. */
    static final int READY = 0;
    /** {@link #require}: all blocks are taken; try again after one was given back. */
    static final int NO_BLOCK = 1;
    /** {@link #require}: the file ends before. */
    static final int ENDED = 2;

    /** Most bytes that {@link #require} can be asked for. */
    static final int MAX_BYTES = 16 << 20;

    /** Address of the next byte to look at. */
    long position;
    /** Address behind the last byte that was read. */
    long limit;
    /** Block in which {@link #position} lies, -1 before the first read. */
    long block = -1;
    /** Frames handed out from this file; whoever hands one out counts it. */
    long delivered;

    private final BlockPool pool;
    private final ByteInput input;
    private final String name;
    private final Damages damages;
    private long offsetOfAddressZero;
    private long deliveredAtRelease;
    private boolean ended;

    /**
     * Begins a file.
     *
     * @param spareBlock a taken block that holds no frame in use, see {@link #spareBlock()}, or -1
     */
    BlockReader(final String name, final ByteInput input, final BlockPool pool, final long spareBlock,
        final Damages damages) {
        this.name = name;
        this.input = input;
        this.pool = pool;
        this.damages = damages;
        if (spareBlock >= 0) {
            block = spareBlock;
            position = pool.address(block);
            limit = position;
            offsetOfAddressZero = -position;
        }
    }

    /** The block being read if no frame of it is in use, so that nobody will give it back; else -1. */
    long spareBlock() {
        return delivered == deliveredAtRelease ? block : -1;
    }

    /** What the file is called in damages. */
    String name() {
        return name;
    }

    /** Sees to it that {@code bytes} contiguous bytes lie at {@link #position}, which may move to another block. */
    int require(final int bytes) {
        while (limit - position < bytes) {
            if (ended) {
                return ENDED;
            }
            if ((block < 0 || position + bytes > blockEnd()) && !move(bytes)) {
                return NO_BLOCK;
            }
            read();
        }
        return READY;
    }

    /** As {@link #require}, but with as many bytes as fit beside it in the block, if there are more. */
    int requireUpTo(final int bytes) {
        final int result = require(bytes);
        return result == ENDED && limit > position ? READY : result;
    }

    /** Offset in the decompressed file of the byte at an address of the window. */
    long offset(final long address) {
        return offsetOfAddressZero + address;
    }

    /** Notes a damage at an address of the window. */
    void damage(final long address, final String what) {
        damages.add(name, offset(address), what);
    }

    /** Bytes taken from the file before decompression. */
    long bytesRead() {
        return input.bytesRead();
    }

    /** To be called when the block that is being read is given back: nothing handed out of it is in use any more. */
    void releasedCurrent() {
        deliveredAtRelease = delivered;
    }

    private long blockEnd() {
        return pool.address(block) + pool.buffer(block).capacity();
    }

    private void read() {
        final ByteBuffer buffer = pool.buffer(block);
        buffer.clear().position((int) (limit - pool.address(block)));
        try {
            final int count = input.read(buffer);
            if (count < 0) {
                ended = true;
            } else {
                limit += count;
            }
        } catch (final IOException e) {
            ended = true;
            damages.add(name, offset(limit), e.getMessage());
        }
    }

    /** Carries what is left to the start of a block that has room. */
    private boolean move(final int bytes) {
        final long left = limit - position;
        final long from = position;
        final long offset = offset(position);
        if (block >= 0 && delivered == deliveredAtRelease) {
            // Nobody holds a frame of this block, and nobody will ever give it back: use it again.
            if (pool.buffer(block).capacity() < bytes) {
                pool.grow(block, bytes, from, left);
            } else {
                UnsafeApi.copyMemory(from, pool.address(block), left);
            }
        } else {
            final long next = pool.acquire(bytes);
            if (next < 0) {
                return false;
            }
            if (left > 0) {
                UnsafeApi.copyMemory(from, pool.address(next), left);
            }
            block = next;
            deliveredAtRelease = delivered;
        }
        position = pool.address(block);
        limit = position + left;
        offsetOfAddressZero = offset - position;
        return true;
    }

    /** Closes the file. Frames that were handed out stay valid until their block is given back. */
    @Override
    public void close() {
        input.close();
    }
}
