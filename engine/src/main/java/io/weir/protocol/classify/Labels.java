package io.weir.protocol.classify;

import io.weir.base.NativeMemory;
import io.weir.event.FlowEvent;
import io.weir.protocol.Confidence;
import io.weir.protocol.Protocol;
import org.agrona.UnsafeApi;

/**
 * What is known of the protocol of each flow: 32 bytes beside the flow's record, under the same number. Owned by one
 * worker.
 */
final class Labels implements AutoCloseable {
    /** {@link #inspection}: content was not seen yet. */
    static final int NOT_YET = 0;
    /** {@link #inspection}: nothing more is looked at. */
    static final int OVER = -1;
    /** {@link #inspection}: it waits for the next datagram, and only a number is kept of it. */
    static final int ASLEEP = -2;
    /** {@link #skip}: everything that comes. */
    static final int ALL = Integer.MAX_VALUE;

    private static final int LENGTH = 32;
    private static final int INSPECTION = 0;
    private static final int FLAGS = 4;
    private static final int LEAD = 5;
    private static final int CONFIDENCE = 6;
    private static final int HINTS = 7;
    private static final int PROTOCOLS = 8;
    private static final int APPLICATION = 16;
    private static final int TRANSACTIONS = 20;
    private static final int SKIPS = 24;
    /** A flow of datagrams has nothing to skip. */
    private static final int KEPT = SKIPS;

    private final NativeMemory.Region region;
    private final long base;

    Labels(final long flows) {
        region = NativeMemory.allocateLazily(NativeMemory.Tag.CLASSIFICATION, flows * LENGTH, NativeMemory.CACHE_LINE);
        base = region.address();
    }

    private long at(final long handle) {
        return base + handle * LENGTH;
    }

    /** Forgets a flow. */
    void clear(final long handle) {
        final long at = at(handle);
        UnsafeApi.putLong(at, 0);
        UnsafeApi.putLong(at + PROTOCOLS, 0);
        UnsafeApi.putLong(at + APPLICATION, 0);
        UnsafeApi.putLong(at + SKIPS, 0);
    }

    /** Fetches what is known of a flow. */
    int touch(final long handle) {
        return UnsafeApi.getInt(at(handle) + INSPECTION);
    }

    /** Sets how many of the next bytes of a stream its parser does not want to see, or {@link #ALL}. */
    void skip(final long stream, final int bytes) {
        UnsafeApi.putInt(skips(stream), bytes);
    }

    /** How many of the next bytes of a stream its parser does not want to see, or {@link #ALL}. */
    int toSkip(final long stream) {
        return UnsafeApi.getInt(skips(stream));
    }

    /** True if a flow's parser wants to skip something. */
    boolean isSkipping(final long handle) {
        return UnsafeApi.getLong(at(handle) + SKIPS) != 0;
    }

    /** Takes note that bytes of a stream were skipped, of which {@link #toSkip} told as many at least. */
    void skipped(final long stream, final int length) {
        final long place = skips(stream);
        final int left = UnsafeApi.getInt(place);
        if (left != ALL) {
            UnsafeApi.putInt(place, left - length);
        }
    }

    private long skips(final long stream) {
        return at(stream >>> 1) + SKIPS + (stream & 1) * Integer.BYTES;
    }

    /** Number of the flow's inspection, or {@link #NOT_YET} or {@link #OVER}. */
    int inspection(final long handle) {
        return UnsafeApi.getInt(at(handle) + INSPECTION);
    }

    void inspection(final long handle, final int number) {
        UnsafeApi.putInt(at(handle) + INSPECTION, number);
    }

    /** Keeps a number of a flow of datagrams, which is {@link #ASLEEP}. */
    void sleep(final long handle, final long kept) {
        inspection(handle, ASLEEP);
        UnsafeApi.putLong(at(handle) + KEPT, kept);
    }

    /** Forgets that number and answers it. */
    long wake(final long handle) {
        final long kept = UnsafeApi.getLong(at(handle) + KEPT);
        UnsafeApi.putLong(at(handle) + KEPT, 0);
        return kept;
    }

    /** Adds a protocol unless it is there; false if there are as many as are kept. */
    boolean add(final long handle, final Protocol protocol, final boolean lead) {
        final long place = at(handle) + PROTOCOLS;
        for (int i = 0; i < FlowEvent.MAX_PROTOCOLS; i++) {
            final int there = UnsafeApi.getShort(place + 2L * i) & 0xffff;
            if (there == 0) {
                UnsafeApi.putShort(place + 2L * i, (short) protocol.id());
                if (lead) {
                    UnsafeApi.putByte(at(handle) + LEAD, (byte) i);
                }
                return true;
            }
            if (there == protocol.id()) {
                return true;
            }
        }
        return false;
    }

    /** Number of the flow's n-th protocol, or 0. */
    int protocol(final long handle, final int index) {
        return UnsafeApi.getShort(at(handle) + PROTOCOLS + 2L * index) & 0xffff;
    }

    /** Number of the protocol that was recognised last after a hand-over, of the only one, or 0. */
    int lead(final long handle) {
        return protocol(handle, UnsafeApi.getByte(at(handle) + LEAD) & FlowEvent.MAX_PROTOCOLS - 1);
    }

    /** Raises how sure the protocol is. */
    void confidence(final long handle, final Confidence value) {
        final long place = at(handle) + CONFIDENCE;
        UnsafeApi.putByte(place, (byte) Math.max(UnsafeApi.getByte(place), value.ordinal()));
    }

    void addFlags(final long handle, final int flags) {
        final long place = at(handle) + FLAGS;
        UnsafeApi.putByte(place, (byte) (UnsafeApi.getByte(place) | flags));
    }

    void clearFlags(final long handle, final int flags) {
        final long place = at(handle) + FLAGS;
        UnsafeApi.putByte(place, (byte) (UnsafeApi.getByte(place) & ~flags));
    }

    int flags(final long handle) {
        return UnsafeApi.getByte(at(handle) + FLAGS) & 0xff;
    }

    void addHints(final long handle, final int hints) {
        final long place = at(handle) + HINTS;
        UnsafeApi.putByte(place, (byte) (UnsafeApi.getByte(place) | hints));
    }

    int application(final long handle) {
        return UnsafeApi.getShort(at(handle) + APPLICATION) & 0xffff;
    }

    void application(final long handle, final int number) {
        UnsafeApi.putShort(at(handle) + APPLICATION, (short) number);
    }

    /** Counts a transaction; answers its number in the flow, from 0. */
    int nextTransaction(final long handle) {
        final long place = at(handle) + TRANSACTIONS;
        final int number = UnsafeApi.getInt(place);
        UnsafeApi.putInt(place, number + 1);
        return number;
    }

    /** Transactions of the flow so far. */
    int transactions(final long handle) {
        return UnsafeApi.getInt(at(handle) + TRANSACTIONS);
    }

    /** Writes what is known into the flow's record; the application and flags are the caller's. */
    void describe(final long handle, final FlowEvent event) {
        final long at = at(handle);
        event.protocols(UnsafeApi.getLong(at + PROTOCOLS), UnsafeApi.getByte(at + LEAD),
            UnsafeApi.getByte(at + CONFIDENCE));
        event.labels(flags(handle), UnsafeApi.getByte(at + HINTS) & 0xff, UnsafeApi.getInt(at + TRANSACTIONS));
    }

    @Override
    public void close() {
        region.close();
    }
}
