package io.weir.monitor;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory-mapped file in which a running engine shows its status; {@link StatusLayout} has the layout. Created
 * exclusively, mode 0640, no link followed; removed at the end. One thread writes; other processes read, with
 * {@link StatusReader}, and cannot disturb it.
 */
public final class StatusFile implements AutoCloseable {
    private final Path path;
    /** Stays mapped for as long as somebody holds it: a thread may still have a fault to report. */
    private final UnsafeBuffer buffer;
    private int slot;
    private boolean closed;

    private StatusFile(final Path path, final MappedByteBuffer mapped) {
        this.path = path;
        buffer = new UnsafeBuffer(mapped);
    }

    /**
     * Creates the file. What a process that runs no more has left there is replaced.
     *
     * @throws FileAlreadyExistsException if there is another file, or that of an engine that runs
     */
    public static StatusFile create(final Path path, final Instance instance) throws IOException {
        if (StatusReader.isStale(path)) {
            Files.delete(path);
        }
        final StatusFile file;
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            // Written out and not left sparse: a full disk must be noticed now, not by a fault when a page is touched.
            final ByteBuffer zeros = ByteBuffer.allocate(StatusLayout.FILE_LENGTH);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            file = new StatusFile(path, channel.map(FileChannel.MapMode.READ_WRITE, 0, StatusLayout.FILE_LENGTH));
        } catch (final IOException e) {
            if (!(e instanceof FileAlreadyExistsException)) {
                Files.deleteIfExists(path);
            }
            throw e;
        }
        file.begin(instance);
        return file;
    }

    private void begin(final Instance instance) {
        buffer.putInt(StatusLayout.AT_VERSION, StatusLayout.VERSION, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_HEAD_LENGTH, StatusLayout.HEAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(StatusLayout.AT_PID, instance.pid(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(StatusLayout.AT_STARTED, instance.startedMs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_SLOTS, StatusLayout.HEAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_SLOT_LENGTH, StatusLayout.SLOT_LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_FAULTS, StatusLayout.FAULTS_OFFSET, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_FAULTS_LENGTH, StatusLayout.FAULTS_LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_CURRENT, -1, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(StatusLayout.AT_STATE, StatusLayout.RUNNING, ByteOrder.LITTLE_ENDIAN);
        // The magic last: whoever finds it finds a whole head.
        buffer.putLongVolatile(0, ByteBuffer.wrap(StatusLayout.MAGIC).order(ByteOrder.nativeOrder()).getLong());
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /** The memory of the distinct-error log. */
    public AtomicBuffer faults() {
        return new UnsafeBuffer(buffer, StatusLayout.FAULTS_OFFSET, StatusLayout.FAULTS_LENGTH);
    }

    /** Shows a snapshot. One that is too long is left out: the one before stays. */
    public synchronized void show(final byte[] json, final long takenMs) {
        if (closed || json.length > StatusLayout.SLOT_LENGTH - StatusLayout.SLOT_HEAD) {
            return;
        }
        final int at = StatusLayout.HEAD_LENGTH + slot * StatusLayout.SLOT_LENGTH;
        final long sequence = buffer.getLong(at + StatusLayout.SLOT_SEQUENCE);
        buffer.putLongVolatile(at + StatusLayout.SLOT_SEQUENCE, sequence + 1);
        VarHandle.storeStoreFence();
        buffer.putInt(at + StatusLayout.SLOT_TEXT_LENGTH, json.length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(at + StatusLayout.SLOT_HEAD, json);
        buffer.putLongVolatile(at + StatusLayout.SLOT_SEQUENCE, sequence + 2);
        buffer.putLong(StatusLayout.AT_TAKEN, takenMs, ByteOrder.LITTLE_ENDIAN);
        buffer.putIntVolatile(StatusLayout.AT_CURRENT, slot);
        slot ^= 1;
    }

    /** Tells that the engine has ended, and removes the file. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            buffer.putIntVolatile(StatusLayout.AT_STATE, StatusLayout.ENDED);
            try {
                Files.deleteIfExists(path);
            } catch (final IOException e) {
                // It says of itself that the engine has ended, and the next engine removes it.
                return;
            }
        }
    }
}
