package io.weir.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads status files of other processes. They are read, not mapped, and nothing in them is trusted: a file that was cut
 * or made by somebody else is said to be none. One thread.
 */
public final class StatusReader implements AutoCloseable {
    private static final int ATTEMPTS = 100;
    private static final int LONGEST = 16 * 1024 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer head;

    private StatusReader(final Path path, final FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        head = at(0, StatusLayout.HEAD_LENGTH);
    }

    /**
     * Opens a status file.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static StatusReader open(final Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? none(path)
                : new java.nio.file.NoSuchFileException(path.toString());
        }
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            final StatusReader reader = new StatusReader(path, channel);
            final byte[] magic = new byte[StatusLayout.MAGIC.length];
            reader.head.get(0, magic);
            if (!Arrays.equals(magic, StatusLayout.MAGIC)) {
                throw none(path);
            }
            final int version = reader.head.getInt(StatusLayout.AT_VERSION);
            if (version != StatusLayout.VERSION) {
                throw new IOException(path + " has layout " + version + " and this weir knows "
                    + StatusLayout.VERSION + ": use the weir that the engine runs");
            }
            return reader;
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException none(final Path path) {
        return new IOException(path + " is no status file of weir");
    }

    /** True if this is the status file of a process that runs no more; false for any other file, and for none. */
    static boolean isStale(final Path path) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (StatusReader reader = open(path)) {
            return !reader.isRunning();
        } catch (final IOException e) {
            return false;
        }
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /** The process that wrote it. */
    public long pid() {
        return head.getLong(StatusLayout.AT_PID);
    }

    /** True if that process still runs, as far as can be seen from here. */
    public boolean isRunning() {
        return Instance.isRunning(pid(), head.getLong(StatusLayout.AT_STARTED));
    }

    /**
     * The newest snapshot, as JSON in ASCII; null before the first.
     *
     * @throws IOException if the file was cut, or is written faster than it can be read
     */
    public byte[] snapshot() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final int slot = at(StatusLayout.AT_CURRENT, Integer.BYTES).getInt(0);
            if (slot < 0) {
                return null;
            }
            final int slotLength = head.getInt(StatusLayout.AT_SLOT_LENGTH);
            final long at = head.getInt(StatusLayout.AT_SLOTS) + (long) (slot & 1) * slotLength;
            final ByteBuffer before = at(at, StatusLayout.SLOT_HEAD);
            final int length = before.getInt(StatusLayout.SLOT_TEXT_LENGTH);
            if (length < 0 || length > Math.min(LONGEST, slotLength - StatusLayout.SLOT_HEAD)) {
                continue;
            }
            final ByteBuffer text = at(at + StatusLayout.SLOT_HEAD, length);
            final long after = at(at, StatusLayout.SLOT_HEAD).getLong(StatusLayout.SLOT_SEQUENCE);
            if (before.getLong(StatusLayout.SLOT_SEQUENCE) == after && (after & 1) == 0) {
                final byte[] json = new byte[length];
                text.get(0, json);
                return json;
            }
        }
        throw none(path);
    }

    /** Faults that the engine survived. */
    public List<FaultLog.Row> faults() throws IOException {
        final int length = head.getInt(StatusLayout.AT_FAULTS_LENGTH);
        if (length < 0 || length > LONGEST) {
            throw none(path);
        }
        return FaultLog.rows(new UnsafeBuffer(at(head.getInt(StatusLayout.AT_FAULTS), length)));
    }

    private ByteBuffer at(final long offset, final int length) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (offset < 0 || channel.read(bytes, offset + bytes.position()) < 0) {
                throw none(path);
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
