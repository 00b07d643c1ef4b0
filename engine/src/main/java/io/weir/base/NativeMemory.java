package io.weir.base;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.UnsafeApi;

/**
 * The only place native memory comes from: accounted by {@link Tag}, zeroed, aligned, freed once.
 *
 * <p>Allocation and {@link Region#close()} are safe from any thread. The bytes of a region belong to whoever holds it;
 * sharing them needs the holder's own ordering.
 */
public final class NativeMemory {
    /** Alignment of a cache line. */
    public static final int CACHE_LINE = 64;
    /** Alignment of a huge page: the kernel gives whole ones alone. */
    private static final int HUGE_PAGE = 2 << 20;

    private static final AtomicLongArray IN_USE = new AtomicLongArray(Tag.values().length);

    private NativeMemory() {
    }

    /** What a region is used for. */
    public enum Tag {
        /** Blocks that capture files are read into. */
        FILE_BLOCKS,
        /** Blocks that frames of PF_RING are copied to. */
        CAPTURE_BLOCKS,
        /** Flow tables of all workers. */
        FLOW_TABLE,
        /** Records on their way to the aggregator. */
        EVENT_RING,
        /** IP fragments and TCP segments that wait for others; state and copies of TCP streams. */
        REASSEMBLY,
        /** What is known of the protocols of flows. */
        CLASSIFICATION,
        /** Compiled patterns of the rules, and what scanning for them needs. */
        PATTERNS,
        /** What rules keep of flows and transactions. */
        RULES,
        /** Frames kept for rules that capture. */
        RULE_CAPTURE,
        /** Counters. */
        COUNTERS,
        /** Buffers of outputs. */
        OUTPUT,
        /** Anything small. */
        OTHER
    }

    /**
     * Allocates zeroed memory.
     *
     * @param bytes     length, at least 1
     * @param alignment power of two
     */
    public static Region allocate(final Tag tag, final long bytes, final int alignment) {
        final Region region = allocateLazily(tag, bytes, alignment);
        UnsafeApi.setMemory(region.address, bytes, (byte) 0);
        return region;
    }

    /**
     * Allocates memory without touching it: the kernel gives a page of a large region at its first use, so that memory
     * held ready for later is not resident. Its bytes are unspecified; the holder writes each before reading it. A
     * region of several huge pages begins with one, where the kernel has any.
     *
     * @param bytes     length, at least 1
     * @param alignment power of two
     */
    public static Region allocateLazily(final Tag tag, final long bytes, final int alignment) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a region needs at least one byte, not " + bytes);
        }
        final long place = bytes < 2 * HUGE_PAGE ? alignment : Math.max(alignment, HUGE_PAGE);
        final long raw = UnsafeApi.allocateMemory(bytes + place - 1);
        final long address = (raw + place - 1) & -place;
        IN_USE.addAndGet(tag.ordinal(), bytes);
        return new Region(tag, raw, address, bytes);
    }

    /**
     * Accounts for memory that a native library takes and gives back itself.
     *
     * @param bytes what it took, or less than 0 for what it gave back
     */
    public static void account(final Tag tag, final long bytes) {
        IN_USE.addAndGet(tag.ordinal(), bytes);
    }

    /** Bytes in use under a tag; tests assert that it is 0 again at their end. */
    public static long inUse(final Tag tag) {
        return IN_USE.get(tag.ordinal());
    }

    /** Bytes in use in all. */
    public static long inUse() {
        long sum = 0;
        for (int i = 0; i < IN_USE.length(); i++) {
            sum += IN_USE.get(i);
        }
        return sum;
    }

    /** A piece of native memory. Closing it twice is harmless; using its address after that is not. */
    public static final class Region implements AutoCloseable {
        private final Tag tag;
        private final long raw;
        private final long address;
        private final long length;
        private boolean closed;

        private Region(final Tag tag, final long raw, final long address, final long length) {
            this.tag = tag;
            this.raw = raw;
            this.address = address;
            this.length = length;
        }

        /** First byte. */
        public long address() {
            return address;
        }

        /** Length in bytes. */
        public long length() {
            return length;
        }

        /**
         * A direct buffer over the whole region, for channels and codecs. It does not keep the region alive: it must
         * not be used after {@link #close()}.
         */
        public ByteBuffer byteBuffer() {
            return MemoryIO.getInstance().newDirectByteBuffer(address, Math.toIntExact(length))
                .order(ByteOrder.nativeOrder());
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                UnsafeApi.freeMemory(raw);
                IN_USE.addAndGet(tag.ordinal(), -length);
            }
        }
    }
}
