package io.weir.engine;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * What workers let the dispatcher know of flows, for when it must choose which frames to drop: by hash, in a table of
 * {@link #ENTRIES} places in which a newer flow displaces an older one. A hint, never the truth.
 *
 * <p>Workers write and the dispatcher reads without any order between them: an entry is one aligned word.
 */
final class FlowHints implements AutoCloseable {
    /** Flows it can hold, if no two of them want one place. */
    static final int ENTRIES = 1 << 18;

    private static final long KNOWN = 1;
    private static final long SETTLED = 2;
    private static final long MARKS = KNOWN | SETTLED;

    private final NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.FLOW_TABLE,
        (long) ENTRIES * Long.BYTES, NativeMemory.CACHE_LINE);

    private long place(final long hash) {
        return region.address() + (hash >>> 8 & ENTRIES - 1) * Long.BYTES;
    }

    /** There is a flow with this hash. Its worker, or the dispatcher while it has not told. */
    void known(final long hash) {
        UnsafeApi.putLongRelease(null, place(hash), hash & ~MARKS | KNOWN);
    }

    /** Nobody wants payload of the flow with this hash any more. Its worker. */
    void settled(final long hash) {
        UnsafeApi.putLongRelease(null, place(hash), hash & ~MARKS | SETTLED);
    }

    /** True if a flow with this hash was seen lately, unless another has displaced it. Dispatcher. */
    boolean isKnown(final long hash) {
        final long entry = UnsafeApi.getLongAcquire(null, place(hash));
        return (entry & ~MARKS) == (hash & ~MARKS) && (entry & MARKS) != 0;
    }

    /** True if nobody wants payload of the flow with this hash, as far as is known. Dispatcher. */
    boolean isSettled(final long hash) {
        return UnsafeApi.getLongAcquire(null, place(hash)) == (hash & ~MARKS | SETTLED);
    }

    @Override
    public void close() {
        region.close();
    }
}
