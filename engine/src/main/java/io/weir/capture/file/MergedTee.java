package io.weir.capture.file;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Writes the frames of several threads to one new pcapng file, in the order of their numbers. Each thread copies its
 * frames to a ring of its own; a thread of the tee merges them and hands them to a {@link TeeWriter}. A frame is
 * written once no thread can come up with an earlier one. What a ring has no room for is left out of the file and
 * counted as {@link Counter#TEE_DROPPED}; nobody ever waits for the disk.
 */
public final class MergedTee implements AutoCloseable {
    private static final int TOTAL_BYTES = 32 << 20;
    private static final int LEAST_BYTES = 2 << 20;
    private static final int MOST_BYTES = 8 << 20;
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MESSAGE = 1;

    private static final int NUMBER = 0;
    private static final int STAMP = 8;
    private static final int WIRE_LENGTH = 16;
    private static final int CAPTURED = 20;
    private static final int LINK_TYPE = 24;
    private static final int INTERFACE = 28;
    private static final int FLAGS = 32;
    private static final int VLAN = 36;
    private static final int HEADER = 40;

    private final TeeWriter writer;
    private final Lane[] lanes;
    private final List<Counters> counters = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "weir-tee-merge");
    private Progress progress;
    private volatile boolean closing;
    private boolean closed;

    /** Tells how far threads are. */
    @FunctionalInterface
    public interface Progress {
        /** A number up to which this thread has appended all its frames. */
        long passedNumber(int member);
    }

    /** The frames of one thread. */
    private static final class Lane implements ControlledMessageHandler {
        private final NativeMemory.Region region;
        private final OneToOneRingBuffer ring;
        private final Counters counters;
        private final TeeWriter writer;
        private final Frame frame = new Frame();
        private long missing;
        /** Number of its first frame, once {@link #look} answered true. */
        private long head;
        private boolean writes;

        Lane(final int bytes, final Counters counters, final TeeWriter writer) {
            this.counters = counters;
            this.writer = writer;
            final int length = bytes + RingBufferDescriptor.TRAILER_LENGTH;
            // a ring's positions and the lengths of its records begin at zero
            region = NativeMemory.allocate(NativeMemory.Tag.OUTPUT, length, NativeMemory.CACHE_LINE);
            ring = new OneToOneRingBuffer(new UnsafeBuffer(region.address(), length));
        }

        void append(final Frame from) {
            final boolean rebuilt = from.datagramBlock != Frame.NO_BLOCK;
            final int captured = rebuilt ? from.capturedBytes : from.capturedLength;
            final int length = HEADER + captured;
            final int index = length > ring.maxMsgLength() ? RingBuffer.INSUFFICIENT_CAPACITY
                : ring.tryClaim(MESSAGE, length);
            if (index < 0) {
                missing++;
                counters.increment(Counter.TEE_DROPPED);
                return;
            }
            final long at = region.address() + index;
            UnsafeApi.putLong(at + NUMBER, from.number);
            UnsafeApi.putLong(at + STAMP, from.timestampNs);
            UnsafeApi.putInt(at + WIRE_LENGTH, from.wireLength);
            UnsafeApi.putInt(at + CAPTURED, captured);
            UnsafeApi.putInt(at + LINK_TYPE, from.linkType);
            UnsafeApi.putInt(at + INTERFACE, from.interfaceId);
            UnsafeApi.putInt(at + FLAGS, rebuilt ? from.capturedFlags : from.flags);
            UnsafeApi.putInt(at + VLAN, from.strippedVlan);
            UnsafeApi.copyMemory(rebuilt ? from.capturedAddress : from.address, at + HEADER, captured);
            ring.commit(index);
        }

        /** True if there is a frame; then {@link #head} is its number. */
        boolean look() {
            head = 0;
            writes = false;
            // One read ends where the ring does: the next one begins at its start.
            for (int i = 0; i < 2 && head == 0; i++) {
                ring.controlledRead(this, 1);
            }
            return head != 0;
        }

        void write() {
            writes = true;
            ring.controlledRead(this, 1);
        }

        @Override
        public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
            final long at = region.address() + index;
            head = UnsafeApi.getLong(at + NUMBER);
            if (!writes) {
                return Action.ABORT;
            }
            frame.timestampNs = UnsafeApi.getLong(at + STAMP);
            frame.wireLength = UnsafeApi.getInt(at + WIRE_LENGTH);
            frame.capturedLength = UnsafeApi.getInt(at + CAPTURED);
            frame.linkType = UnsafeApi.getInt(at + LINK_TYPE);
            frame.interfaceId = UnsafeApi.getInt(at + INTERFACE);
            frame.flags = UnsafeApi.getInt(at + FLAGS);
            frame.strippedVlan = UnsafeApi.getInt(at + VLAN);
            frame.address = at + HEADER;
            writer.append(frame);
            return Action.CONTINUE;
        }
    }

    private MergedTee(final TeeWriter writer, final int members) {
        this.writer = writer;
        lanes = new Lane[members];
        final int share = Integer.highestOneBit(TOTAL_BYTES / members);
        for (int i = 0; i < members; i++) {
            final Counters own = new Counters();
            counters.add(own);
            lanes[i] = new Lane(Math.max(LEAST_BYTES, Math.min(MOST_BYTES, share)), own, writer);
        }
        thread.setDaemon(true);
    }

    /**
     * Creates the file with mode 0600.
     *
     * @param interfaces what {@link Frame#interfaceId} is an index of
     * @param members    threads that append
     * @throws CaptureException if the file exists or cannot be created
     */
    public static MergedTee create(final Path path, final List<CaptureInterface> interfaces, final int members) {
        final Counters own = new Counters();
        try {
            final MergedTee tee = new MergedTee(TeeWriter.create(path, interfaces, own), members);
            tee.counters.add(own);
            return tee;
        } catch (final CaptureException e) {
            own.close();
            throw e;
        }
    }

    /** Begins to write. */
    public void follow(final Progress how) {
        progress = how;
        thread.start();
    }

    /**
     * Copies a frame as it was captured; never waits.
     *
     * @param member number of the calling thread, always the same
     */
    public void append(final int member, final Frame frame) {
        lanes[member].append(frame);
    }

    /** What was left out, counted for each thread. */
    public List<Counters> counters() {
        return counters;
    }

    private void run() {
        while (true) {
            final boolean last = closing;
            if (!merge()) {
                if (last) {
                    return;
                }
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    /** Writes the frame that comes next; false if none is due, or the disk is slow. */
    private boolean merge() {
        Lane next = null;
        long safe = Long.MAX_VALUE;
        for (int i = 0; i < lanes.length; i++) {
            // Before the ring: what the thread had passed by then is on the ring by now.
            final long passed = progress.passedNumber(i);
            if (!lanes[i].look()) {
                safe = Math.min(safe, passed);
            } else if (next == null || lanes[i].head < next.head) {
                next = lanes[i];
            }
        }
        if (next == null || next.head > safe || !writer.hasRoom()) {
            return false;
        }
        next.write();
        return true;
    }

    /** True while frames wait to be merged. Any thread. */
    boolean hasWaiting() {
        for (final Lane lane : lanes) {
            if (lane.ring.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Frames that the file lacks. */
    public long missing() {
        long missing = writer.missing();
        for (final Lane lane : lanes) {
            missing += lane.missing;
        }
        return missing;
    }

    /** Why writing ended early, in one line, or null if it did not. */
    public String failure() {
        return writer.failure();
    }

    /** Writes the rest, once the threads have ended. Counters stay open, for who reads them last. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        boolean merged = true;
        if (thread.getState() != Thread.State.NEW) {
            try {
                thread.join(TeeWriter.CLOSE_TIMEOUT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            merged = !thread.isAlive();
        }
        writer.close();
        for (final Lane lane : lanes) {
            if (merged) {
                lane.region.close();
            }
        }
    }
}
