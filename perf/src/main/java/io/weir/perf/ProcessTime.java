package io.weir.perf;

import io.weir.base.NativeMemory;
import jnr.ffi.LibraryLoader;
import org.agrona.UnsafeApi;

/**
 * CPU time, user and system, of every thread of this process, those that have ended included: getrusage(2), which tells
 * it in us, where the JDK asks a clock with steps of 10 ms. Any thread.
 */
public final class ProcessTime {
    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_BYTES = 144;
    private static final LibC C = LibraryLoader.create(LibC.class).load("c");

    private ProcessTime() {
    }

    /** What is needed of the C library. */
    public interface LibC {
        /** getrusage(2). */
        int getrusage(int who, long usage);
    }

    /** So much so far, in ns. */
    public static long cpuNs() {
        try (NativeMemory.Region usage = NativeMemory.allocate(NativeMemory.Tag.OTHER, RUSAGE_BYTES, Long.BYTES)) {
            if (C.getrusage(RUSAGE_SELF, usage.address()) != 0) {
                throw new IllegalStateException("getrusage failed");
            }
            // two of struct timeval, user and system: seconds and us
            return time(usage.address()) + time(usage.address() + 2 * Long.BYTES);
        }
    }

    private static long time(final long address) {
        return UnsafeApi.getLong(address) * 1_000_000_000L + UnsafeApi.getLong(address + Long.BYTES) * 1_000;
    }
}
