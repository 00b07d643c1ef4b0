package io.weir.capture.file;

import java.nio.ByteBuffer;

/** A file in memory that hands out its bytes in small pieces, as a pipe does. */
final class MemoryInput implements ByteInput {
    private static final int PIECE = 100;

    private final ByteBuffer bytes;

    MemoryInput(final byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(final ByteBuffer target) {
        final int count = Math.min(Math.min(bytes.remaining(), target.remaining()), PIECE);
        if (count == 0) {
            return -1;
        }
        target.put(bytes.slice().limit(count));
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public long bytesRead() {
        return bytes.position();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
