package io.weir.flow;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Open-addressing index from flow hash to record, in buckets of one cache line. Owned by one worker.
 *
 * <p>A bucket holds 8 tags of 16 bits (0: free), 8 record indexes and the number of entries that wanted to live here or
 * before and had to go further. A search compares four tags at a time and ends at the first bucket that nobody had to
 * pass: a miss costs one cache line, nearly always. A removal takes back the passes on the entry's way, so nothing is
 * left behind, however many come and go.
 */
final class FlowIndex implements AutoCloseable {
    static final int SLOTS = 8;
    /** Words of tags in a bucket. */
    static final int WORDS = 2;
    static final int BUCKET_LENGTH = NativeMemory.CACHE_LINE;
    /** Most of the slots that may be taken; beyond it more than a few searches would need a second cache line. */
    static final double MAX_LOAD = 0.75;

    private static final int RECORDS = 16;
    private static final int PASSES = 48;
    private static final long LANES = 0x0001_0001_0001_0001L;
    private static final long LANE_TOPS = 0x8000_8000_8000_8000L;

    private final int buckets;
    private final NativeMemory.Region region;
    private final long address;

    FlowIndex(final int entries, final double load) {
        buckets = (int) Math.ceil(entries / load / SLOTS);
        region = NativeMemory.allocate(NativeMemory.Tag.FLOW_TABLE, (long) buckets * BUCKET_LENGTH, BUCKET_LENGTH);
        address = region.address();
    }

    int buckets() {
        return buckets;
    }

    /** The bucket where an entry with this hash is looked for first. */
    int home(final long hash) {
        return (int) ((hash >>> 32) * buckets >>> 32);
    }

    long bucket(final int number) {
        return address + (long) number * BUCKET_LENGTH;
    }

    int after(final int bucket) {
        final int next = bucket + 1;
        return next == buckets ? 0 : next;
    }

    /** The tag of a hash in all four lanes. */
    static long spreadTag(final long hash) {
        return tag(hash) * LANES;
    }

    private static long tag(final long hash) {
        final long tag = hash & 0xffff;
        return tag == 0 ? 1 : tag;
    }

    /** A word with the top bit set in lanes that equal the tag; lanes above a true one may be wrong. */
    static long matches(final long bucket, final int word, final long spreadTag) {
        final long difference = UnsafeApi.getLong(bucket + word * 8L) ^ spreadTag;
        return difference - LANES & ~difference & LANE_TOPS;
    }

    /** The record in the slot of the lowest match. */
    static int record(final long bucket, final int word, final long matches) {
        return UnsafeApi.getInt(bucket + RECORDS + word * 16L + (Long.numberOfTrailingZeros(matches) >>> 4) * 4L);
    }

    static boolean isPassed(final long bucket) {
        return UnsafeApi.getInt(bucket + PASSES) != 0;
    }

    /** Adds an entry; there is always room, because the load is bounded. */
    void insert(final long hash, final int record) {
        int at = home(hash);
        while (true) {
            final long bucket = bucket(at);
            for (int slot = 0; slot < SLOTS; slot++) {
                if (UnsafeApi.getShort(bucket + slot * 2L) == 0) {
                    UnsafeApi.putShort(bucket + slot * 2L, (short) tag(hash));
                    UnsafeApi.putInt(bucket + RECORDS + slot * 4L, record);
                    return;
                }
            }
            UnsafeApi.putInt(bucket + PASSES, UnsafeApi.getInt(bucket + PASSES) + 1);
            at = after(at);
        }
    }

    /** Removes the entry of a record that was inserted with a hash of this home. */
    void remove(final int home, final int record) {
        int at = home;
        for (int probes = 0; probes < buckets; probes++) {
            final long bucket = bucket(at);
            for (int slot = 0; slot < SLOTS; slot++) {
                if (UnsafeApi.getInt(bucket + RECORDS + slot * 4L) == record
                    && UnsafeApi.getShort(bucket + slot * 2L) != 0) {
                    UnsafeApi.putShort(bucket + slot * 2L, (short) 0);
                    return;
                }
            }
            UnsafeApi.putInt(bucket + PASSES, UnsafeApi.getInt(bucket + PASSES) - 1);
            at = after(at);
        }
        throw new IllegalStateException("flow record " + record + " is not in the index");
    }

    @Override
    public void close() {
        region.close();
    }
}
