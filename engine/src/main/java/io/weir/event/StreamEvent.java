package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of the record of a TCP stream that was written to a file, and a view of it. Lengths in bytes, times in ns
 * since 1970. A view is wrapped anew for each record and owned by one thread.
 */
public final class StreamEvent {
    /** Bytes of the hash: SHA-256. */
    public static final int HASH_LENGTH = 32;
    /** Length of the body. */
    public static final int LENGTH = FlowEvent.LENGTH + 32 + HASH_LENGTH;

    private static final int START = FlowEvent.LENGTH;
    private static final int BYTES = START + 8;
    private static final int GAP_BYTES = START + 16;
    private static final int NUMBER = START + 24;
    private static final int HASH = START + 32;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}. */
    public StreamEvent wrap(final UnsafeBuffer ring, final int offset) {
        buffer.wrap(ring, offset, LENGTH);
        flow.wrap(ring, offset);
        return this;
    }

    /** Identity of the flow, with the sender of the stream as its initiator. */
    public FlowEvent flow() {
        return flow;
    }

    /** Sets the stamp of its first bytes, and which stream of its endpoints it is, from 1. */
    public void began(final long startNs, final int number) {
        buffer.putLong(START, startNs);
        buffer.putInt(NUMBER, number);
    }

    /** Sets what became of its bytes: how many were written, their hash, and how many are missing. */
    public void wrote(final long bytes, final byte[] hash, final long gapBytes) {
        buffer.putLong(BYTES, bytes);
        buffer.putBytes(HASH, hash, 0, HASH_LENGTH);
        buffer.putLong(GAP_BYTES, gapBytes);
    }

    /** Stamp of its first bytes. */
    public long startNs() {
        return buffer.getLong(START);
    }

    /** Which stream of its endpoints it is, from 1. */
    public int number() {
        return buffer.getInt(NUMBER);
    }

    /** Bytes written. */
    public long bytes() {
        return buffer.getLong(BYTES);
    }

    /** Bytes missing. */
    public long gapBytes() {
        return buffer.getLong(GAP_BYTES);
    }

    /** A byte of the hash of those written. */
    public int hash(final int index) {
        return buffer.getByte(HASH + index) & 0xff;
    }
}
