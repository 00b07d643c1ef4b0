package io.weir.perf.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a classic capture file with nanosecond stamps, a mebibyte at a time. One thread. */
final class PcapOutput implements AutoCloseable {
    private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
    private static final int SNAP_LENGTH = 262_144;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final FileChannel channel;
    private long bytes;

    PcapOutput(final Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
        buffer.putInt(NANOSECOND_MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
            .putInt(SNAP_LENGTH).putInt(1);
    }

    void write(final long timeNs, final byte[] frame, final int length) throws IOException {
        if (buffer.remaining() < 16 + length) {
            flush();
        }
        buffer.putInt((int) (timeNs / 1_000_000_000L)).putInt((int) (timeNs % 1_000_000_000L)).putInt(length)
            .putInt(length).put(frame, 0, length);
    }

    /** Bytes of the file so far. */
    long bytes() {
        return bytes + buffer.position();
    }

    private void flush() throws IOException {
        bytes += buffer.position();
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        channel.close();
    }
}
