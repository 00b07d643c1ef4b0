package io.weir.base;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of one thread. That thread alone writes; any thread may read and sees each value whole, a moment old.
 */
public final class Counters implements AutoCloseable {
    private static final int COUNT = Counter.values().length;

    private final NativeMemory.Region region =
        NativeMemory.allocate(NativeMemory.Tag.COUNTERS, (long) COUNT * Long.BYTES, NativeMemory.CACHE_LINE);
    private final UnsafeBuffer values = new UnsafeBuffer(region.address(), COUNT * Long.BYTES);

    /** Adds one. */
    public void increment(final Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}. */
    public void add(final Counter counter, final long amount) {
        final int index = counter.ordinal() * Long.BYTES;
        values.putLongRelease(index, values.getLong(index) + amount);
    }

    /** Sets a gauge, or a total that is counted elsewhere. */
    public void set(final Counter counter, final long value) {
        values.putLongRelease(counter.ordinal() * Long.BYTES, value);
    }

    /** Reads one counter. */
    public long get(final Counter counter) {
        return values.getLongAcquire(counter.ordinal() * Long.BYTES);
    }

    @Override
    public void close() {
        region.close();
    }
}
