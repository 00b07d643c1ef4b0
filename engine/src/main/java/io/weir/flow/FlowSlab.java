package io.weir.flow;

import io.weir.base.NativeMemory;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Memory of the flows: the parts of the {@link FlowRecord} as columns of one region, and the free list. Owned by one
 * worker.
 *
 * <p>Raw addresses, so that the region may be longer than a buffer of 2^31 - 1 bytes and an index becomes an address by
 * one check and one addition. It is not zeroed: records are handed out from the low end first and set whole when a flow
 * starts, so memory that no flow has used yet is never resident.
 */
final class FlowSlab implements AutoCloseable {
    static final int MAX_RECORDS = 1 << 28;
    static final int NONE = -1;
    /** Records that are read ahead together. */
    private static final int RUN = 32;

    private final int capacity;
    private final NativeMemory.Region region;
    private final long hotAddress;
    private final long coldAddress;
    private final long rareAddress;

    private int highWater;
    /** Records from this index on are free, below it those in the free list. */
    private int fresh;
    private int firstFree = NONE;
    /** Records below this index were read ahead since all were given back. */
    private int touchedTo;
    private long touched;
    private int live;

    FlowSlab(final int capacity) {
        this.capacity = capacity;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.FLOW_TABLE, (long) capacity * FlowRecord.LENGTH,
            FlowRecord.HOT_LENGTH);
        hotAddress = region.address();
        coldAddress = hotAddress + (long) capacity * FlowRecord.HOT_LENGTH;
        rareAddress = coldAddress + (long) capacity * FlowRecord.COLD_LENGTH;
    }

    long hot(final int record) {
        return hotAddress + (long) Objects.checkIndex(record, highWater) * FlowRecord.HOT_LENGTH;
    }

    long cold(final int record) {
        return coldAddress + (long) Objects.checkIndex(record, highWater) * FlowRecord.COLD_LENGTH;
    }

    long rare(final int record) {
        return rareAddress + (long) Objects.checkIndex(record, highWater) * FlowRecord.RARE_LENGTH;
    }

    /** A record to use, or {@link #NONE} if all are in use. Its bytes are whatever they were. */
    int take() {
        final int record;
        if (firstFree != NONE) {
            record = firstFree;
            firstFree = UnsafeApi.getInt(cold(record) + FlowRecord.NEXT);
        } else if (fresh < capacity) {
            record = fresh++;
            highWater = Math.max(highWater, fresh);
        } else {
            return NONE;
        }
        live++;
        return record;
    }

    /**
     * The record that {@link #take} will answer after it has answered another, as things stand, or {@link #NONE}.
     *
     * @param before a record that is free, or {@link #NONE} for the one it will answer first
     */
    int following(final int before) {
        int next = before == NONE ? firstFree : NONE;
        if (before != NONE && before < fresh) {
            next = UnsafeApi.getInt(cold(before) + FlowRecord.NEXT);
        }
        if (next == NONE) {
            next = Math.max(before + 1, fresh);
        }
        return next < capacity ? next : NONE;
    }

    /**
     * Reads what {@link #take} and what follows it will write, of a record that is free. Of records that were never in
     * use a run is read together, so that the processor sees where they lie in memory and reads ahead.
     *
     * @return the record behind the last one that was read
     */
    int touchFree(final int record) {
        if (record >= fresh && record < touchedTo) {
            return record;
        }
        final int end = record < fresh ? record + 1 : Math.min(capacity, record + RUN);
        long sum = 0;
        for (int at = Objects.checkIndex(record, capacity); at < end; at++) {
            final long place = hotAddress + (long) at * FlowRecord.HOT_LENGTH;
            sum += UnsafeApi.getLong(place) + UnsafeApi.getLong(place + FlowRecord.COUNTS)
                + UnsafeApi.getLong(coldAddress + (long) at * FlowRecord.COLD_LENGTH);
        }
        touched += sum;
        touchedTo = Math.max(touchedTo, end);
        return end;
    }

    /** What was read ahead; keeps the compiler from leaving it out. */
    long touched() {
        return touched;
    }

    void giveBack(final int record) {
        UnsafeApi.putInt(cold(record) + FlowRecord.NEXT, firstFree);
        firstFree = record;
        live--;
    }

    /** Takes back all records. */
    void giveBackAll() {
        firstFree = NONE;
        fresh = 0;
        touchedTo = 0;
        live = 0;
    }

    /** Records below this index have been used. */
    int highWater() {
        return highWater;
    }

    int capacity() {
        return capacity;
    }

    int live() {
        return live;
    }

    @Override
    public void close() {
        highWater = 0;
        region.close();
    }
}
