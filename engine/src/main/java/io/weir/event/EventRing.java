package io.weir.event;

import io.weir.base.NativeMemory;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ring of variable-length records from one worker to the aggregator.
 *
 * <p>Records lie whole and 8-byte aligned; each starts with a header of length, type and its place in the order of the
 * trace: the sequence of the frame or tick that caused it, and a minor key among records of one sequence. The worker
 * alone claims and commits, the aggregator alone peeks and advances.
 *
 * <p>A quarter of the ring is kept for {@link #claimUrgent urgent} records. When a record does not fit, a ring made to
 * wait blocks the worker until it does (files), any other refuses it and counts (live).
 *
 * <p>Where one thread does both, {@link #readHere} tells so: nobody waits then, and {@link #startOver} keeps the bytes
 * in use few, so that they stay in the first-level cache.
 */
public final class EventRing implements AutoCloseable {
    /** Bytes before a record's body. */
    public static final int HEADER_LENGTH = 32;
    /** Longest body. */
    public static final int MAX_BODY = 64 * 1024;

    private static final int TYPE = 4;
    private static final int SEQUENCE = 8;
    private static final int MINOR = 16;
    private static final int CAUSED = 24;
    private static final int PADDING = -1;
    /** How far ahead the worker fetches what it will write: the records of a batch, about. */
    private static final int FETCHED = 4 * 1024;
    /** How long a worker sleeps that waits for room: waking up costs as much as a few dozen records. */
    private static final long WAIT_NS = 250_000;

    // The two ends keep their positions in native memory, on cache lines of their own: as fields of this object they
    // would share one, and every record would cost both threads a miss.
    private static final int HEAD = 0;
    private static final int CONSUMED = 8;
    private static final int TAIL_SEEN = 16;
    private static final int TAIL = 0;
    private static final int PRODUCED = 64;
    private static final int CLAIMED_END = 72;
    private static final int HEAD_SEEN = 80;
    private static final int END_LENGTH = 128;

    private final int capacity;
    private final NativeMemory.Region region;
    private final UnsafeBuffer buffer;
    private final long address;
    private final NativeMemory.Region cursors;
    private final long consumer;
    private final long producer;

    private long fetchedTo;
    private long touched;
    private long refused;
    private boolean waitWhenFull;
    private long causeSequence;
    private long causeNs;
    private volatile boolean abandoned;
    private volatile Thread reader;
    private Runnable readHere;

    /**
     * Makes a ring.
     *
     * @param capacity     bytes, a power of two, at least four times {@link #MAX_BODY}
     * @param waitWhenFull true to block the worker instead of refusing records
     */
    public EventRing(final int capacity, final boolean waitWhenFull) {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < 4 * MAX_BODY) {
            throw new IllegalArgumentException("ring capacity must be a power of two of at least 256 KiB: " + capacity);
        }
        this.capacity = capacity;
        this.waitWhenFull = waitWhenFull;
        region = NativeMemory.allocate(NativeMemory.Tag.EVENT_RING, capacity, NativeMemory.CACHE_LINE);
        address = region.address();
        buffer = new UnsafeBuffer(address, capacity);
        cursors = NativeMemory.allocate(NativeMemory.Tag.EVENT_RING, 2 * END_LENGTH, END_LENGTH);
        consumer = cursors.address();
        producer = consumer + END_LENGTH;
    }

    /** The bytes that offsets of this ring refer to. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Sets what is behind the records claimed from now on: place and stamp of a frame or tick. Worker only. */
    public void causedBy(final long sequence, final long stampNs) {
        causeSequence = sequence;
        causeNs = stampNs;
    }

    /**
     * Fetches the bytes of the next records, so that writing them does not wait for the aggregator's cache line by
     * line. Worker only; once for each batch.
     */
    public void fetch() {
        final long produced = UnsafeApi.getLong(producer + PRODUCED);
        final long end = produced + FETCHED;
        long seen = 0;
        for (long at = Math.max(fetchedTo, produced); at < end; at += NativeMemory.CACHE_LINE) {
            seen += UnsafeApi.getByte(address + (at & capacity - 1));
        }
        fetchedTo = end;
        touched += seen;
    }

    /** What {@link #fetch} has read; keeps the compiler from leaving it out. */
    long touched() {
        return touched;
    }

    /** Place of the frame or tick that is being worked on. Worker only. */
    public long causeSequence() {
        return causeSequence;
    }

    /**
     * Reserves room for an ordinary record.
     *
     * @return offset of the body, or -1 if it was refused
     */
    public int claim(final int type, final int bodyLength, final long sequence, final long minor) {
        return claim(type, bodyLength, sequence, minor, capacity - capacity / 4);
    }

    /** Like {@link #claim(int, int, long, long)}, for alerts and anomalies, which may use the whole ring. */
    public int claimUrgent(final int type, final int bodyLength, final long sequence, final long minor) {
        return claim(type, bodyLength, sequence, minor, capacity);
    }

    private int claim(final int type, final int bodyLength, final long sequence, final long minor, final int limit) {
        if (bodyLength > MAX_BODY) {
            throw new IllegalArgumentException("record body of " + bodyLength + " bytes is longer than " + MAX_BODY);
        }
        final int length = BitUtil.align(HEADER_LENGTH + bodyLength, 8);
        long produced = UnsafeApi.getLong(producer + PRODUCED);
        int offset = (int) produced & (capacity - 1);
        final int toEnd = capacity - offset;
        final int padding = toEnd < length ? toEnd : 0;
        if (!hasRoom(produced + padding + length - limit)) {
            refused++;
            return -1;
        }
        if (padding > 0) {
            UnsafeApi.putInt(address + offset, padding);
            UnsafeApi.putInt(address + offset + TYPE, PADDING);
            produced += padding;
            UnsafeApi.putLong(producer + PRODUCED, produced);
            offset = 0;
        }
        final long header = address + offset;
        UnsafeApi.putInt(header, length);
        UnsafeApi.putInt(header + TYPE, type);
        UnsafeApi.putLong(header + SEQUENCE, sequence);
        UnsafeApi.putLong(header + MINOR, minor);
        UnsafeApi.putLong(header + CAUSED, causeNs);
        UnsafeApi.putLong(producer + CLAIMED_END, produced + length);
        return offset + HEADER_LENGTH;
    }

    /** True once the consumer has come to {@code needed}; waits for that in a ring made to wait. */
    private boolean hasRoom(final long needed) {
        return UnsafeApi.getLong(producer + HEAD_SEEN) >= needed || waitForRoom(needed);
    }

    private boolean waitForRoom(final long needed) {
        while (true) {
            final long head = UnsafeApi.getLongAcquire(null, consumer + HEAD);
            UnsafeApi.putLong(producer + HEAD_SEEN, head);
            if (head >= needed) {
                return true;
            }
            if (readHere != null) {
                readHere.run();
                continue;
            }
            if (!waitWhenFull || abandoned) {
                return false;
            }
            // whoever reads may be asleep; again each time, as it may have to wait for another worker's records first
            LockSupport.unpark(reader);
            LockSupport.parkNanos(WAIT_NS);
        }
    }

    /** Sets the thread that reads: a worker that waits for room wakes it if it has parked. Any thread. */
    public void readBy(final Thread thread) {
        reader = thread;
    }

    /**
     * Says that the worker's own thread reads: it neither waits nor refuses.
     *
     * @param reader frees all that is there; run when a record finds no room
     */
    public void readHere(final Runnable reader) {
        readHere = reader;
    }

    /** Goes back to its beginning. Only where one thread does both, and everything was read. */
    public void startOver() {
        UnsafeApi.putLong(consumer + HEAD, 0);
        UnsafeApi.putLong(consumer + CONSUMED, 0);
        UnsafeApi.putLong(consumer + TAIL_SEEN, 0);
        UnsafeApi.putLong(producer + TAIL, 0);
        UnsafeApi.putLong(producer + PRODUCED, 0);
        UnsafeApi.putLong(producer + HEAD_SEEN, 0);
    }

    /** Publishes the record claimed last. */
    public void commit() {
        final long end = UnsafeApi.getLong(producer + CLAIMED_END);
        UnsafeApi.putLong(producer + PRODUCED, end);
        UnsafeApi.putLongRelease(null, producer + TAIL, end);
    }

    /**
     * Offset of the next record's body, or -1 if there is none. Aggregator only.
     */
    public int peek() {
        while (true) {
            final long consumed = UnsafeApi.getLong(consumer + CONSUMED);
            if (consumed == UnsafeApi.getLong(consumer + TAIL_SEEN)) {
                final long tail = UnsafeApi.getLongAcquire(null, producer + TAIL);
                if (consumed == tail) {
                    return -1;
                }
                UnsafeApi.putLong(consumer + TAIL_SEEN, tail);
            }
            final int offset = (int) consumed & (capacity - 1);
            if (UnsafeApi.getInt(address + offset + TYPE) != PADDING) {
                return offset + HEADER_LENGTH;
            }
            UnsafeApi.putLong(consumer + CONSUMED, consumed + UnsafeApi.getInt(address + offset));
        }
    }

    /** Frees the record that {@link #peek()} answered. */
    public void advance() {
        final long consumed = UnsafeApi.getLong(consumer + CONSUMED);
        final long next = consumed + UnsafeApi.getInt(address + (consumed & capacity - 1));
        UnsafeApi.putLong(consumer + CONSUMED, next);
        UnsafeApi.putLongRelease(null, consumer + HEAD, next);
    }

    /** Type of the record with this body. */
    public int type(final int body) {
        return buffer.getInt(body - HEADER_LENGTH + TYPE);
    }

    /** Sequence of the record with this body. */
    public long sequence(final int body) {
        return buffer.getLong(body - HEADER_LENGTH + SEQUENCE);
    }

    /** Minor key of the record with this body. */
    public long minor(final int body) {
        return buffer.getLong(body - HEADER_LENGTH + MINOR);
    }

    /** Stamp of the frame or tick that caused the record with this body. */
    public long causedNs(final int body) {
        return buffer.getLong(body - HEADER_LENGTH + CAUSED);
    }

    /** Records refused so far. Worker only. */
    public long refused() {
        return refused;
    }

    /** From now on blocks the worker instead of refusing records: nothing is lost by waiting once capture has ended. */
    public void waitWhenFull() {
        waitWhenFull = true;
    }

    /** Tells a waiting worker that nobody reads any more. Any thread. */
    public void abandon() {
        abandoned = true;
    }

    @Override
    public void close() {
        region.close();
        cursors.close();
    }
}
