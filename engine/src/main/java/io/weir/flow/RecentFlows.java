package io.weir.flow;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * A small table of guesses in front of the index: which record the flow of a hash had when it was looked for last. It
 * stays in the second-level cache where the index, sized for all flows there may ever be, has a cache line for each
 * flow. Owned by one worker.
 *
 * <p>An entry is four bytes: the record's number plus one, and above it as much of the hash as there is room for. A
 * later flow takes the place of an earlier one, nothing is ever taken out: whoever gets a guess compares the key.
 */
final class RecentFlows implements AutoCloseable {
    private static final int MOST_ENTRIES = 1 << 15;
    /** One entry for so many flows at most, so that the table counts for little in what a flow takes. */
    private static final int SHARE = 8;

    private final NativeMemory.Region region;
    private final long address;
    private final int slotMask;
    private final int recordMask;

    /** Makes a table for records below {@code capacity}. */
    RecentFlows(final int capacity) {
        final int entries = Math.max(1, Math.min(MOST_ENTRIES, Integer.highestOneBit(capacity / SHARE)));
        region = NativeMemory.allocate(NativeMemory.Tag.FLOW_TABLE, (long) entries * Integer.BYTES,
            NativeMemory.CACHE_LINE);
        address = region.address();
        slotMask = entries - 1;
        recordMask = (Integer.highestOneBit(capacity) << 1) - 1;
    }

    /** The record that most likely belongs to a hash, or {@link FlowSlab#NONE}. */
    int find(final long hash) {
        final int entry = UnsafeApi.getInt(place(hash)) ^ tag(hash);
        return (entry & ~recordMask) == 0 ? entry - 1 : FlowSlab.NONE;
    }

    /** Notes the record of a hash. */
    void put(final long hash, final int record) {
        UnsafeApi.putInt(place(hash), record + 1 | tag(hash));
    }

    private long place(final long hash) {
        return address + (hash >>> Short.SIZE & slotMask) * Integer.BYTES;
    }

    private int tag(final long hash) {
        return (int) (hash >>> Integer.SIZE) & ~recordMask;
    }

    @Override
    public void close() {
        region.close();
    }
}
