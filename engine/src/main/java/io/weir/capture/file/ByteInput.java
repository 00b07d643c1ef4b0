package io.weir.capture.file;

import io.weir.capture.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The bytes of a capture file, decompressed. For one thread. */
interface ByteInput extends AutoCloseable {
    /**
     * Opens a file, or standard input, and decompresses what gzip or zstd has packed.
     *
     * @throws CaptureException if there is no such file, it cannot be read, or it is packed otherwise
     */
    static ByteInput open(final Path path) {
        final ChannelInput raw = ChannelInput.open(path);
        final MagicNumber magic = raw.peek();
        if (magic.isKnownButNotRead()) {
            raw.close();
            throw magic.asException(path.toString());
        }
        return magic == MagicNumber.GZIP ? new GzipInput(raw) : magic == MagicNumber.ZSTD ? new ZstdInput(raw) : raw;
    }

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
