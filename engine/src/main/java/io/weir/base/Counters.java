package io.weir.base;

import org.agrona.UnsafeApi;

/**
 * The counters of one thread. That thread alone writes; any thread may read and sees each value whole, a moment old.
 */
public final class Counters implements AutoCloseable {
    private static final int COUNT = Counter.values().length;

    private final NativeMemory.Region region =
        NativeMemory.allocate(NativeMemory.Tag.COUNTERS, (long) COUNT * Long.BYTES, NativeMemory.CACHE_LINE);
    /** Where the values lie, each at the place of its counter's ordinal. */
    private final long values = region.address();

    /** Adds one. */
    public void increment(final Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}. */
    public void add(final Counter counter, final long amount) {
        final long place = place(counter);
        UnsafeApi.putLongRelease(null, place, UnsafeApi.getLong(place) + amount);
    }

    /** Sets a gauge, or a total that is counted elsewhere. */
    public void set(final Counter counter, final long value) {
        UnsafeApi.putLongRelease(null, place(counter), value);
    }

    /** Reads one counter. */
    public long get(final Counter counter) {
        return UnsafeApi.getLongAcquire(null, place(counter));
    }

    private long place(final Counter counter) {
        return values + (long) counter.ordinal() * Long.BYTES;
    }

    @Override
    public void close() {
        region.close();
    }
}
