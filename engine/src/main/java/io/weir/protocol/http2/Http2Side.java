package io.weir.protocol.http2;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;

/** What is kept of one direction of a connection. */
final class Http2Side {
    /** Longest header block. */
    static final int MOST_BLOCK = BufferPool.MAX;
    /** Settings that are kept. */
    static final int MOST_SETTINGS = 16;

    final HeaderTable table = new HeaderTable();
    final Bytes view = new Bytes();
    boolean prefaced;
    boolean broken;

    /** True within a DATA frame, of which there are still so many bytes: content, then padding. */
    boolean inData;
    boolean paddingTold;
    long contentLeft;
    int padding;
    Http2Stream stream;
    boolean endsStream;

    /** True within a header block of several frames. */
    boolean inBlock;
    boolean blockLost;
    int blockStream;
    boolean blockEndsStream;
    boolean blockPromised;
    int blockWeight;
    byte[] block;
    int blockLength;

    int[] settings;
    long[] values;
    int settingsCount;
    boolean settingsCut;
    /** Why it has ended the connection, or {@link Http2Stream#NO_ERROR}. */
    long error;

    private BufferPool pool;

    void begin(final BufferPool buffers) {
        pool = buffers;
        table.begin(buffers);
        prefaced = false;
        broken = false;
        inData = false;
        stream = null;
        inBlock = false;
        settingsCount = 0;
        settingsCut = false;
        error = Http2Stream.NO_ERROR;
    }

    void setting(final int number, final long value) {
        if (settings == null) {
            settings = new int[MOST_SETTINGS];
            values = new long[MOST_SETTINGS];
        }
        if (settingsCount < MOST_SETTINGS) {
            settings[settingsCount] = number;
            values[settingsCount++] = value;
        } else {
            settingsCut = true;
        }
    }

    /** Adds to the header block; what finds no room makes all of it lost. */
    void append(final Bytes bytes, final int from, final int length) {
        if (blockLost) {
            return;
        }
        if (block == null || blockLength + length > block.length) {
            final byte[] larger = blockLength + length > MOST_BLOCK ? null : pool.take(blockLength + length);
            if (larger == null) {
                blockLost = true;
                releaseBlock();
                return;
            }
            if (block != null) {
                System.arraycopy(block, 0, larger, 0, blockLength);
                pool.giveBack(block);
            }
            block = larger;
        }
        bytes.copyTo(from, block, blockLength, length);
        blockLength += length;
    }

    /** The header block as far as it has come. */
    Bytes block() {
        return block == null ? view.clear() : view.wrap(block, 0, blockLength);
    }

    void releaseBlock() {
        if (block != null) {
            pool.giveBack(block);
            block = null;
        }
        blockLength = 0;
    }

    /** Gives back what was taken. */
    void release() {
        releaseBlock();
        table.giveBack();
        stream = null;
    }
}
