package io.weir.flow;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Open-addressing index from flow hash to record, in buckets of one cache line. Owned by one worker.
 *
 * <p>A bucket holds 8 tags of 16 bits (0: free), 8 record indexes, how many buckets each entry is away from its home,
 * and the number of passes: entries that wanted to live here or before and had to go further. A search compares four
 * tags at a time and ends at the first bucket that nobody had to pass: a miss costs one cache line, nearly always.
 *
 * <p>A removal takes back the passes on the entry's way and fills the gap with an entry that had passed it, so that
 * searches stay as short as in an index that was just built, however many entries come and go.
 */
final class FlowIndex implements AutoCloseable {
    static final int SLOTS = 8;
    /** Words of tags in a bucket. */
    static final int WORDS = 2;
    static final int BUCKET_LENGTH = NativeMemory.CACHE_LINE;
    /**
     * Share of the slots taken when the table is full. Buckets read per miss, measured: 1.08 at 0.6, 1.5 at 0.75, 2.8
     * at 0.85; per hit 1.02, 1.09 and 1.24.
     */
    static final double MAX_LOAD = 0.6;

    private static final int RECORDS = 16;
    private static final int DISTANCES = 48;
    private static final int PASSES = 56;
    /** A distance this long is not known exactly; such an entry stays where it is. */
    private static final int FAR = 255;
    private static final long LANES = 0x0001_0001_0001_0001L;
    private static final long BELOW_LANE_TOPS = 0x7fff_7fff_7fff_7fffL;

    private final int buckets;
    private final NativeMemory.Region region;
    private final long address;
    /** It holds nothing, but is not emptied yet. */
    private boolean stale;

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

    /**
     * A word with the top bit set in the lanes that equal the tag, and in no others: the shorter test for a zero lane
     * errs above a true one, where a free slot may still name a record that is gone.
     */
    static long matches(final long bucket, final int word, final long spreadTag) {
        final long difference = UnsafeApi.getLong(bucket + word * 8L) ^ spreadTag;
        return ~((difference & BELOW_LANE_TOPS) + BELOW_LANE_TOPS | difference | BELOW_LANE_TOPS);
    }

    /** The record in the slot of the lowest match. */
    static int record(final long bucket, final int word, final long matches) {
        return UnsafeApi.getInt(bucket + RECORDS + word * 16L + (Long.numberOfTrailingZeros(matches) >>> 4) * 4L);
    }

    static boolean isPassed(final long bucket) {
        return UnsafeApi.getInt(bucket + PASSES) != 0;
    }

    /**
     * Adds all entries to another index.
     *
     * @param slab has the records, which keep the upper halves of their hashes
     */
    void copyTo(final FlowIndex other, final FlowSlab slab) {
        for (int at = 0; at < buckets; at++) {
            final long bucket = bucket(at);
            for (int slot = 0; slot < SLOTS; slot++) {
                final short tag = tagAt(bucket, slot);
                if (tag != 0) {
                    final int record = recordAt(bucket, slot);
                    other.insert(FlowRecord.hashUpper(slab.cold(record)) | tag & 0xffff, record);
                }
            }
        }
    }

    /** Adds an entry; there is always room, because the load is bounded. */
    void insert(final long hash, final int record) {
        if (stale) {
            UnsafeApi.setMemory(address, (long) buckets * BUCKET_LENGTH, (byte) 0);
            stale = false;
        }
        int at = home(hash);
        for (int distance = 0; ; distance++) {
            final long bucket = bucket(at);
            for (int slot = 0; slot < SLOTS; slot++) {
                if (tagAt(bucket, slot) == 0) {
                    set(bucket, slot, (short) tag(hash), record, Math.min(distance, FAR));
                    return;
                }
            }
            addPasses(bucket, 1);
            at = after(at);
        }
    }

    /**
     * Removes all entries. Until the next is added searches may find them all the same: their records must not have the
     * keys any more.
     */
    void clear() {
        stale = true;
    }

    /** Removes the entry of a record that was inserted with a hash of this home. */
    void remove(final int home, final int record) {
        int at = home;
        for (int probes = 0; probes < buckets; probes++) {
            final long bucket = bucket(at);
            for (int slot = 0; slot < SLOTS; slot++) {
                if (recordAt(bucket, slot) == record && tagAt(bucket, slot) != 0) {
                    UnsafeApi.putShort(bucket + slot * 2L, (short) 0);
                    fill(at, slot);
                    return;
                }
            }
            addPasses(bucket, -1);
            at = after(at);
        }
        throw new IllegalStateException("flow record " + record + " is not in the index");
    }

    /** Moves an entry that had to pass this bucket into its free slot, and so on with the slot that this frees. */
    private void fill(final int bucketOfGap, final int slotOfGap) {
        int gapAt = bucketOfGap;
        int gapSlot = slotOfGap;
        int from = gapAt;
        for (int away = 1; away < FAR && isPassed(bucket(gapAt)); away++) {
            from = after(from);
            final long source = bucket(from);
            for (int slot = 0; slot < SLOTS; slot++) {
                final int distance = UnsafeApi.getByte(source + DISTANCES + slot) & 0xff;
                if (distance >= away && distance != FAR && tagAt(source, slot) != 0) {
                    set(bucket(gapAt), gapSlot, tagAt(source, slot), recordAt(source, slot), distance - away);
                    UnsafeApi.putShort(source + slot * 2L, (short) 0);
                    for (int passed = gapAt; passed != from; passed = after(passed)) {
                        addPasses(bucket(passed), -1);
                    }
                    gapAt = from;
                    gapSlot = slot;
                    away = 0;
                    break;
                }
            }
        }
    }

    private static void set(final long bucket, final int slot, final short tag, final int record, final int distance) {
        UnsafeApi.putShort(bucket + slot * 2L, tag);
        UnsafeApi.putInt(bucket + RECORDS + slot * 4L, record);
        UnsafeApi.putByte(bucket + DISTANCES + slot, (byte) distance);
    }

    private static short tagAt(final long bucket, final int slot) {
        return UnsafeApi.getShort(bucket + slot * 2L);
    }

    private static int recordAt(final long bucket, final int slot) {
        return UnsafeApi.getInt(bucket + RECORDS + slot * 4L);
    }

    private static void addPasses(final long bucket, final int change) {
        UnsafeApi.putInt(bucket + PASSES, UnsafeApi.getInt(bucket + PASSES) + change);
    }

    @Override
    public void close() {
        region.close();
    }
}
