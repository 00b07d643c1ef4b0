package io.weir.capture.afxdp;

import io.weir.base.NativeLayout;
import org.agrona.UnsafeApi;

/**
 * One of the four rings of an AF_XDP socket, as seen by its user: producer of fill and send rings, consumer of the
 * others. Indices run freely; the kernel's side is read with acquire and ours is stored with release. One thread.
 */
final class XdpRing {
    private static final int WAKE_ME = 1;

    private final boolean producing;
    private final int mask;
    private final int entryShift;
    private long own;
    private long kernel;
    private long flags;
    private long entries;
    private int at;
    private int limit;
    private int published;

    /**
     * For a ring that {@link #wire} connects.
     *
     * @param producing  true if this side puts entries in
     * @param size       entries, a power of two
     * @param entryShift 3 for offsets, 4 for descriptors
     */
    XdpRing(final boolean producing, final int size, final int entryShift) {
        this.producing = producing;
        this.entryShift = entryShift;
        mask = size - 1;
    }

    /** Connects to a new ring of the kernel, by its {@code struct weir_xdp_ring}. */
    void wire(final long ring) {
        final long producer = UnsafeApi.getLong(ring + NativeLayout.XDP_RING_PRODUCER);
        final long consumer = UnsafeApi.getLong(ring + NativeLayout.XDP_RING_CONSUMER);
        own = producing ? producer : consumer;
        kernel = producing ? consumer : producer;
        flags = UnsafeApi.getLong(ring + NativeLayout.XDP_RING_FLAGS);
        entries = UnsafeApi.getLong(ring + NativeLayout.XDP_RING_ENTRIES);
        at = 0;
        published = 0;
        limit = producing ? mask + 1 : 0;
    }

    /** True if there is an entry to take or room to put one; asks the kernel's index only if it must. */
    boolean hasNext() {
        return at != limit || refresh();
    }

    /** Asks the kernel's index. */
    boolean refresh() {
        publish();
        limit = UnsafeApi.getIntAcquire(null, kernel) + (producing ? mask + 1 : 0);
        return at != limit;
    }

    /** True if the entries known so far are all used, so that {@link #hasNext} would ask. */
    boolean isBatchDone() {
        return at == limit;
    }

    /** Address of the entry that comes next; only after {@link #hasNext}. */
    long peek() {
        return entries + ((long) (at & mask) << entryShift);
    }

    /** Passes on to the next entry. */
    void advance() {
        at++;
    }

    /** Lets the kernel see how far this side has come. */
    void publish() {
        if (published != at) {
            published = at;
            UnsafeApi.putIntRelease(null, own, at);
        }
    }

    /** True if the kernel rests until it is called. */
    boolean wantsKick() {
        return (UnsafeApi.getIntVolatile(null, flags) & WAKE_ME) != 0;
    }

    /** Entries that lie ready and were not taken. */
    int pending() {
        return UnsafeApi.getIntAcquire(null, kernel) - at;
    }
}
