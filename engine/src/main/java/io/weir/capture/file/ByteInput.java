package io.weir.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a capture file, decompressed. For one thread. */
interface ByteInput extends AutoCloseable {
    /**
     * Reads at least one byte into a direct buffer that has room.
     *
     * @return bytes read, or -1 at the end
     * @throws IOException if the bytes that follow cannot be had; its message is for people
     */
    int read(ByteBuffer target) throws IOException;

    /** Bytes taken from the file so far, before decompression. */
    long bytesRead();

    @Override
    void close();
}
