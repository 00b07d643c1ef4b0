package io.weir.capture.file;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Writes frames to a new pcapng file without ever making the caller wait: {@link #append} copies a frame to a buffer, a
 * thread of its own writes full buffers out. While no buffer is free, frames are left out of the file and counted as
 * {@link Counter#TEE_DROPPED}.
 *
 * <p>One thread, the dispatcher, calls {@link #append} and {@link #close()}.
 */
public final class TeeWriter implements AutoCloseable {
    private static final int BUFFERS = 16;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_HEADER_BYTES = 2048;
    /** A buffer is handed over at latest when frames are this much younger than its first one. */
    private static final long HAND_OVER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long CLOSE_TIMEOUT_MS = 60_000;

    private final Path path;
    private final FileChannel channel;
    private final List<CaptureInterface> interfaces;
    private final Counters counters;
    private final NativeMemory.Region region;
    private final SpscVarHandleArrayQueue<Buffer> free = new SpscVarHandleArrayQueue<>(BUFFERS);
    private final SpscVarHandleArrayQueue<Buffer> full = new SpscVarHandleArrayQueue<>(BUFFERS);
    private final Thread thread;
    private Buffer current;
    private int interfacesWritten;
    private long handedOverNs;
    private long missing;
    private long bytesWritten;
    private boolean closed;
    private volatile String failure;
    private volatile boolean closing;

    /** A piece of the file on its way. */
    private static final class Buffer {
        private final long address;
        private final ByteBuffer bytes;
        private int length;

        Buffer(final long address, final ByteBuffer bytes) {
            this.address = address;
            this.bytes = bytes;
        }
    }

    /** Creates the file; whoever calls this writes by {@link #drain}. */
    TeeWriter(final Path path, final List<CaptureInterface> interfaces, final Counters counters) {
        this.path = path;
        this.interfaces = interfaces;
        this.counters = counters;
        channel = NewFile.create(path);
        region = NativeMemory.allocateLazily(NativeMemory.Tag.OUTPUT, (long) BUFFERS * BUFFER_BYTES,
            NativeMemory.CACHE_LINE);
        final ByteBuffer all = region.byteBuffer();
        for (int i = 0; i < BUFFERS; i++) {
            free.offer(new Buffer(region.address() + (long) i * BUFFER_BYTES,
                all.slice(i * BUFFER_BYTES, BUFFER_BYTES)));
        }
        current = free.poll();
        current.length = PcapngEncoder.sectionHeader(current.address);
        thread = new Thread(this::run, "weir-tee");
        thread.setDaemon(true);
    }

    /**
     * Creates the file with mode 0600 and starts the thread that writes it.
     *
     * @param interfaces what {@link Frame#interfaceId} is an index of; may grow while frames are written
     * @param counters   those of the thread that will append
     * @throws CaptureException if the file exists or cannot be created
     */
    public static TeeWriter create(final Path path, final List<CaptureInterface> interfaces,
        final Counters counters) {
        final TeeWriter tee = new TeeWriter(path, interfaces, counters);
        tee.thread.start();
        return tee;
    }

    /** Copies the raw part of a frame; never waits, never throws, allocates only for the name of a new interface. */
    public void append(final Frame frame) {
        final int length = PcapngEncoder.packetLength(frame);
        if (frame.timestampNs - handedOverNs > HAND_OVER_NS) {
            if (handedOverNs != 0) {
                handOver();
            }
            handedOverNs = frame.timestampNs;
        }
        if (failure != null || frame.interfaceId >= interfacesWritten && !describe(frame.interfaceId)
            || !makeRoom(length)) {
            missing++;
            counters.increment(Counter.TEE_DROPPED);
            return;
        }
        PcapngEncoder.packet(current.address + current.length, length, frame);
        current.length += length;
    }

    /** False while all buffers are on their way to the disk: what is appended now may be left out. */
    boolean hasRoom() {
        return failure != null || free.size() > 1;
    }

    private boolean describe(final int interfaceId) {
        while (interfacesWritten <= interfaceId && interfacesWritten < interfaces.size()
            && makeRoom(MAX_HEADER_BYTES)) {
            current.length += PcapngEncoder.interfaceDescription(current.address + current.length,
                interfaces.get(interfacesWritten));
            interfacesWritten++;
        }
        return interfacesWritten > interfaceId;
    }

    private boolean makeRoom(final int bytes) {
        if (current != null && BUFFER_BYTES - current.length < bytes) {
            handOver();
        }
        if (current == null) {
            current = free.poll();
        }
        return current != null && bytes <= BUFFER_BYTES - current.length;
    }

    private void handOver() {
        if (current != null && current.length > 0) {
            full.offer(current);
            current = null;
        }
    }

    private void run() {
        while (true) {
            final boolean last = closing;
            if (drain() == 0) {
                if (last) {
                    return;
                }
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    /** Writes out one buffer that was handed over; returns how many were there, 0 or 1. For the writing thread. */
    int drain() {
        final Buffer buffer = full.poll();
        if (buffer == null) {
            return 0;
        }
        if (failure == null) {
            try {
                buffer.bytes.clear().limit(buffer.length);
                while (buffer.bytes.hasRemaining()) {
                    bytesWritten += channel.write(buffer.bytes);
                }
            } catch (final IOException e) {
                failure = path + " cannot be written at byte " + bytesWritten + ": " + e.getMessage();
            }
        }
        buffer.length = 0;
        free.offer(buffer);
        return 1;
    }

    /** Frames that the file lacks because no buffer was free or writing had failed. */
    public long missing() {
        return missing;
    }

    /** Why writing ended early, in one line, or null if it did not. */
    public String failure() {
        return failure;
    }

    /** Hands over what is buffered and waits, at most a minute, until it is written. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        handOver();
        closing = true;
        final boolean written = join();
        try {
            channel.close();
        } catch (final IOException e) {
            failure = path + " cannot be closed: " + e.getMessage();
        }
        if (written) {
            region.close();
        } else {
            // The thread hangs in a write: its memory must outlive it.
            failure = path + " could not be written out in " + CLOSE_TIMEOUT_MS / 1000 + " s";
        }
    }

    private boolean join() {
        if (thread.getState() == Thread.State.NEW) {
            run();
            return true;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
