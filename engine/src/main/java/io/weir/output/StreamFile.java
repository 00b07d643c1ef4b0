package io.weir.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * The file of one stream. It is created exclusively, readable for its owner alone, and never through a link; it may be
 * closed and opened again in between. One thread.
 */
final class StreamFile {
    static final FileAttribute<?> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> CREATE =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> REOPEN = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final int number;
    private final long startNs;
    private final MessageDigest hash = sha256();
    private FileChannel channel;
    private ByteBuffer pending;
    private long bytes;
    private long gapBytes;
    private boolean created;

    /**
     * Names a file; nothing is created yet.
     *
     * @param number  which stream of its endpoints it is, from 1
     * @param startNs stamp of its first bytes
     */
    StreamFile(final Path path, final int number, final long startNs) {
        this.path = path;
        this.number = number;
        this.startNs = startNs;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Opens it, at its end.
     *
     * @param buffer holds bytes until there are enough for a write; given back by {@link #close}
     * @throws IOException if it cannot be opened, or is not what was written so far
     */
    void open(final ByteBuffer buffer) throws IOException {
        if (created) {
            channel = FileChannel.open(path, REOPEN);
            if (channel.size() != bytes) {
                throw new FileSystemException(path.toString(), null, "changed by somebody else");
            }
            channel.position(bytes);
        } else {
            channel = FileChannel.open(path, CREATE, OWNER_ONLY);
            created = true;
        }
        pending = buffer;
    }

    /** Adds bytes. */
    void write(final DirectBuffer source, final int offset, final int length) throws IOException {
        int done = 0;
        while (done < length) {
            final int part = Math.min(length - done, pending.remaining());
            source.getBytes(offset + done, pending, part);
            done += part;
            if (!pending.hasRemaining()) {
                flush();
            }
        }
    }

    /** Counts bytes that are missing. */
    void skip(final long length) {
        gapBytes += length;
    }

    private void flush() throws IOException {
        pending.flip();
        try {
            while (pending.hasRemaining()) {
                final int from = pending.position();
                final int written = channel.write(pending);
                hash.update(pending.slice(from, written));
                bytes += written;
            }
        } finally {
            pending.clear();
        }
    }

    /** Writes what is pending and closes it. What cannot be written is lost, and said by the exception. */
    void close() throws IOException {
        try (FileChannel closing = channel) {
            if (closing != null && pending != null) {
                flush();
            }
        } finally {
            channel = null;
            pending = null;
        }
    }

    /** True once the file is there. */
    boolean isCreated() {
        return created;
    }

    int number() {
        return number;
    }

    long startNs() {
        return startNs;
    }

    /** Bytes the file holds. */
    long bytes() {
        return bytes;
    }

    /** Bytes of the stream that are missing. */
    long gapBytes() {
        return gapBytes;
    }

    /** SHA-256 of the bytes the file holds; to be asked once. */
    byte[] hash() {
        return hash.digest();
    }
}
