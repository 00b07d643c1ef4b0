package io.weir.reassembly.fragment;

import io.weir.base.NativeMemory;
import io.weir.reassembly.PieceStore;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The incomplete datagrams, by key and by age, in a fixed number of records in native memory. Owned by one thread;
 * allocates nothing after construction.
 */
final class DatagramTable implements AutoCloseable {
    /** No record. */
    static final long NONE = 0;
    /** What one record takes of the memory, its share of the index included. */
    static final int BYTES_PER_RECORD = Datagram.LENGTH + 2 * Integer.BYTES;

    private static final int NOTHING = -1;

    private final int capacity;
    private final NativeMemory.Region records;
    private final NativeMemory.Region index;
    private final int buckets;
    private int unused;
    private int free = NOTHING;
    private int oldest = NOTHING;
    private int newest = NOTHING;
    private int size;

    DatagramTable(final int capacity) {
        this.capacity = capacity;
        buckets = BitUtil.findNextPositivePowerOfTwo(capacity);
        records = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, (long) capacity * Datagram.LENGTH,
            NativeMemory.CACHE_LINE);
        index = NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, (long) buckets * Integer.BYTES,
            NativeMemory.CACHE_LINE);
        UnsafeApi.setMemory(index.address(), index.length(), (byte) NOTHING);
    }

    /** The record with a key, or {@link #NONE}. */
    long find(final FragmentKey key) {
        int number = UnsafeApi.getInt(link(bucket(key)));
        while (number != NOTHING) {
            final long record = record(number);
            if (matches(record, key)) {
                return record;
            }
            number = Datagram.get(record, Datagram.NEXT_IN_BUCKET);
        }
        return NONE;
    }

    /** A new record with this key and nothing else, the newest of all; there must be room. */
    long add(final FragmentKey key) {
        final int number = free != NOTHING ? free : unused++;
        final long record = record(number);
        if (number == free) {
            free = Datagram.get(record, Datagram.NEXT_IN_BUCKET);
        }
        UnsafeApi.setMemory(record, Datagram.LENGTH, (byte) 0);
        setKey(record, key);
        Datagram.put(record, Datagram.ROOT, PieceStore.EMPTY);
        final int bucket = bucket(key);
        Datagram.put(record, Datagram.BUCKET, bucket);
        Datagram.put(record, Datagram.NEXT_IN_BUCKET, UnsafeApi.getInt(link(bucket)));
        UnsafeApi.putInt(link(bucket), number);
        Datagram.put(record, Datagram.OLDER, newest);
        Datagram.put(record, Datagram.NEWER, NOTHING);
        if (newest == NOTHING) {
            oldest = number;
        } else {
            Datagram.put(record(newest), Datagram.NEWER, number);
        }
        newest = number;
        size++;
        return record;
    }

    private static void setKey(final long record, final FragmentKey key) {
        Datagram.putLong(record, Datagram.LOWER_HI, key.lowerHi);
        Datagram.putLong(record, Datagram.LOWER_LO, key.lowerLo);
        Datagram.putLong(record, Datagram.UPPER_HI, key.upperHi);
        Datagram.putLong(record, Datagram.UPPER_LO, key.upperLo);
        Datagram.putLong(record, Datagram.IDENTITY, key.identity);
        Datagram.putLong(record, Datagram.VLAN_AND_TUNNEL, key.vlanAndTunnel);
        Datagram.put(record, Datagram.TUNNELS, key.tunnels);
    }

    private static boolean matches(final long record, final FragmentKey key) {
        final long difference = Datagram.getLong(record, Datagram.IDENTITY) ^ key.identity
            | Datagram.getLong(record, Datagram.LOWER_LO) ^ key.lowerLo
            | Datagram.getLong(record, Datagram.UPPER_LO) ^ key.upperLo
            | Datagram.getLong(record, Datagram.LOWER_HI) ^ key.lowerHi
            | Datagram.getLong(record, Datagram.UPPER_HI) ^ key.upperHi
            | Datagram.getLong(record, Datagram.VLAN_AND_TUNNEL) ^ key.vlanAndTunnel
            | Datagram.get(record, Datagram.TUNNELS) ^ key.tunnels;
        return difference == 0;
    }

    void remove(final long record) {
        final int number = (int) ((record - records.address()) / Datagram.LENGTH);
        long link = link(Datagram.get(record, Datagram.BUCKET));
        while (UnsafeApi.getInt(link) != number) {
            link = record(UnsafeApi.getInt(link)) + Datagram.NEXT_IN_BUCKET;
        }
        UnsafeApi.putInt(link, Datagram.get(record, Datagram.NEXT_IN_BUCKET));
        final int older = Datagram.get(record, Datagram.OLDER);
        final int newer = Datagram.get(record, Datagram.NEWER);
        if (older == NOTHING) {
            oldest = newer;
        } else {
            Datagram.put(record(older), Datagram.NEWER, newer);
        }
        if (newer == NOTHING) {
            newest = older;
        } else {
            Datagram.put(record(newer), Datagram.OLDER, older);
        }
        Datagram.put(record, Datagram.NEXT_IN_BUCKET, free);
        free = number;
        size--;
    }

    /** The record that was added first of those there are, or {@link #NONE}. */
    long oldest() {
        return oldest == NOTHING ? NONE : record(oldest);
    }

    boolean isFull() {
        return size == capacity;
    }

    int size() {
        return size;
    }

    private int bucket(final FragmentKey key) {
        return (int) (key.hash() >>> 32) & buckets - 1;
    }

    private long link(final int bucket) {
        return index.address() + (long) bucket * Integer.BYTES;
    }

    private long record(final int number) {
        return records.address() + (long) number * Datagram.LENGTH;
    }

    @Override
    public void close() {
        records.close();
        index.close();
    }
}
