package io.weir.output;

import io.weir.base.LineFile;
import io.weir.base.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes lines to a file, pipe or device through a thread of its own, in chunks of {@link #CHUNK_BYTES}.
 *
 * <p>One thread puts lines in. It waits for a free chunk when told to (offline), and else loses lines and counts them:
 * at once on a pipe, after {@link #STALL_MS} on a disk. A disk that stalls or a pipe that nobody reads never holds up
 * a live engine. An error loses the chunk it happened in, is said once until there is room again, and does not end the
 * writing. What becomes of the file meanwhile, {@link LineFile} looks after; {@link FileRotation} says when it is put
 * aside. {@link #close()} waits as {@link ClosingPatience} says.
 */
final class EveWriter implements AutoCloseable {
    /** Bytes handed to the operating system at once. */
    static final int CHUNK_BYTES = 1 << 20;

    private static final Logger LOG = LogManager.getLogger(EveWriter.class);
    private static final int CHUNKS = 4;
    private static final long STALL_MS = 1_000;
    private static final long POLL_MS = 100;
    /** A disk that is full now and then must not fill the log with it. */
    private static final long SAY_AGAIN_NS = 60_000_000_000L;

    private final Path target;
    private final LineFile file;
    private final FileRotation rotation;
    /** Null if the file is not put aside. */
    private final RotatedFiles rotated;
    private final ArrayBlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final ArrayBlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS + 1);
    /** Holds nothing; wakes the writing thread when closing begins. */
    private final Chunk wake;
    private final Thread thread;
    private final Chunk[] chunks = new Chunk[CHUNKS];
    private final AtomicLong lostToErrors = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private int made;
    private Chunk current;
    private long lostForRoom;
    private boolean closed;
    private boolean stalled;
    private boolean failing;
    private boolean failureSaid;
    private long saidNs;
    private long beganNs;
    private volatile ErrorHandler faults = fault -> { };
    private volatile boolean waiting;
    private volatile boolean hastened;
    private volatile boolean closing;

    private static final class Chunk {
        private final NativeMemory.Region region;
        private final ByteBuffer bytes;
        private long lines;

        Chunk(final int length) {
            region = NativeMemory.allocateLazily(NativeMemory.Tag.OUTPUT, length, NativeMemory.CACHE_LINE);
            bytes = region.byteBuffer();
        }
    }

    /** Opens a target that is not put aside, see below. */
    EveWriter(final Path target, final boolean append, final boolean waitForRoom) throws IOException {
        this(target, append, waitForRoom, FileRotation.NONE);
    }

    /**
     * Opens the target. A regular file is created; a pipe is opened by the writer's thread, because that waits for a
     * reader.
     *
     * @param append      true to keep what a file holds already
     * @param waitForRoom true to wait rather than lose lines while all chunks are full
     * @param rotation    when a regular file is put aside
     * @throws IOException if the file cannot be created or written
     */
    EveWriter(final Path target, final boolean append, final boolean waitForRoom, final FileRotation rotation)
        throws IOException {
        this.target = target;
        this.rotation = rotation;
        file = new LineFile(target, !append);
        waiting = waitForRoom;
        if (file.isRegular()) {
            file.open();
        }
        rotated = file.isRegular() && rotation.isOn() ? new RotatedFiles(target, rotation) : null;
        beganNs = System.nanoTime();
        wake = new Chunk(1);
        thread = new Thread(this::write, "weir-write");
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds the record as one line. */
    void line(final JsonWriter record) {
        if (current != null && current.bytes.remaining() <= record.length()) {
            submit();
        }
        if (current == null && !take()) {
            lostForRoom++;
            return;
        }
        record.copyTo(current.bytes);
        current.bytes.put((byte) '\n');
        current.lines++;
    }

    private boolean take() {
        try {
            current = free.poll();
            if (current == null && made < CHUNKS) {
                current = new Chunk(CHUNK_BYTES);
                chunks[made++] = current;
            }
            while (current == null && waiting && thread.isAlive()) {
                current = free.poll(POLL_MS, TimeUnit.MILLISECONDS);
            }
            if (current == null && file.isRegular() && !stalled && !hastened) {
                current = free.poll(STALL_MS, TimeUnit.MILLISECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stalled = current == null;
        return current != null;
    }

    private void submit() {
        current.bytes.flip();
        full.add(current);
        current = null;
    }

    /** Hands what was kept back to the writing thread. */
    void flush() {
        if (current != null && current.lines > 0) {
            submit();
        }
    }

    /** Lines that did not reach the target so far. */
    long lost() {
        return lostForRoom + lostToErrors.get();
    }

    /** Bytes written so far. */
    long writtenBytes() {
        return writtenBytes.get();
    }

    /** Capture is over: from now on waits for a file, which makes room in time, and no more for a pipe. Any thread. */
    void captureEnded() {
        waiting = file.isRegular();
    }

    /** Waits for nothing any more: lines that find no room are lost. Any thread. */
    void hasten() {
        hastened = true;
        waiting = false;
    }

    /** Hears from now on of each error that cost lines, and of files that could not be put aside. Any thread. */
    void faults(final ErrorHandler value) {
        faults = value;
        if (rotated != null) {
            rotated.faults(value);
        }
    }

    /** Looks at once whether the target was moved away, rather than within a second. Any thread. */
    void reopen() {
        file.reopen();
    }

    private void write() {
        try {
            if (!file.isOpen()) {
                file.open();
            }
        } catch (final IOException e) {
            failed(e);
        }
        try {
            while (!closing || !full.isEmpty()) {
                final Chunk chunk = full.poll(POLL_MS, TimeUnit.MILLISECONDS);
                tend(chunk == null ? 0 : chunk.bytes.remaining(), System.nanoTime());
                if (chunk != null && chunk != wake) {
                    write(chunk);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.quietClose(file);
    }

    /** Sees whether the file is still there, and puts it aside if it is time to or {@code more} bytes are too many. */
    private void tend(final int more, final long nowNs) {
        try {
            file.look(nowNs);
            if (rotated == null) {
                return;
            }
            final long size = file.size();
            final boolean large = rotation.bytes() > 0 && size + more > rotation.bytes();
            final boolean old = rotation.intervalNs() > 0 && nowNs - beganNs >= rotation.intervalNs();
            if (size > 0 && (large || old) && file.moveTo(rotated.nameFor(Instant.now()))) {
                rotated.added();
            }
            beganNs = old ? nowNs : beganNs;
        } catch (final IOException e) {
            failed(e);
        }
    }

    private void write(final Chunk chunk) {
        final int length = chunk.bytes.remaining();
        try {
            file.append(chunk.bytes);
            writtenBytes.addAndGet(length);
            if (failing) {
                recovered();
            }
        } catch (final IOException e) {
            lostToErrors.addAndGet(chunk.lines);
            failed(e);
        }
        chunk.bytes.clear();
        chunk.lines = 0;
        free.add(chunk);
    }

    private void failed(final IOException error) {
        if (error instanceof ClosedChannelException) {
            return;
        }
        failing = true;
        faults.onError(error);
        final long nowNs = System.nanoTime();
        if (!failureSaid && (saidNs == 0 || nowNs - saidNs >= SAY_AGAIN_NS)) {
            failureSaid = true;
            saidNs = nowNs;
            final String reason = error instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason() : error.toString();
            LOG.warn("{}: cannot be written: {}; records are lost and counted until it can",
                PrintableText.of(target.toString()), PrintableText.of(reason));
        }
    }

    private void recovered() {
        failing = false;
        if (failureSaid) {
            failureSaid = false;
            LOG.warn("{}: is written again; {} records were lost so far", PrintableText.of(target.toString()),
                lostToErrors.get());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        flush();
        closing = true;
        full.add(wake);
        if (!ends()) {
            unblock();
        }
        final boolean ended = endsWithin(ClosingPatience.SHORT_NS);
        CloseHelper.quietClose(rotated);
        for (Chunk left = full.poll(); left != null; left = full.poll()) {
            lostForRoom += left.lines;
        }
        // Freeing memory under a write that still runs would kill the process; better to leave it.
        if (ended) {
            wake.region.close();
            for (int i = 0; i < made; i++) {
                chunks[i].region.close();
            }
        }
    }

    /**
     * Ends a write into a pipe that is full, or the wait for a pipe's reader. The second is a plain open() that no
     * interrupt reaches: being the reader for a moment ends it.
     */
    private void unblock() {
        thread.interrupt();
        if (!file.isOpen() && !file.isRegular()) {
            try {
                FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
            } catch (final IOException e) {
                LOG.debug("{}: cannot be opened for reading", target, e);
            }
        }
    }

    /** Waits for the writing thread to end, as long as there is reason to. */
    private boolean ends() {
        final ClosingPatience patience = new ClosingPatience(file.isRegular(), done(), System.nanoTime());
        while (!endsWithin(TimeUnit.MILLISECONDS.toNanos(POLL_MS))) {
            if (Thread.currentThread().isInterrupted() || !patience.lasts(done(), hastened, System.nanoTime())) {
                return false;
            }
        }
        return true;
    }

    private long done() {
        return writtenBytes.get() + lostToErrors.get();
    }

    private boolean endsWithin(final long timeoutNs) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, timeoutNs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
