package io.weir.base;

import java.util.BitSet;
import org.agrona.UnsafeApi;

/**
 * Which CPUs the calling thread may run on, by sched_setaffinity(2). Control groups and parents narrow what is allowed;
 * that set is honoured, never widened.
 */
public final class Affinity {
    /** Bytes of the kernel's CPU mask that are looked at: 8,192 CPUs. */
    private static final int MASK_BYTES = 1024;

    private Affinity() {
    }

    /** The CPUs the calling thread may use now; empty if libweir cannot be loaded. */
    public static BitSet allowed() {
        try (NativeMemory.Region mask = NativeMemory.allocate(NativeMemory.Tag.OTHER, MASK_BYTES, Long.BYTES)) {
            final BitSet cpus = new BitSet();
            if (Native.library().affinityGet(mask.address(), MASK_BYTES) >= 0) {
                for (int cpu = 0; cpu < MASK_BYTES * Byte.SIZE; cpu++) {
                    if ((UnsafeApi.getByte(mask.address() + cpu / 8) >> (cpu % 8) & 1) != 0) {
                        cpus.set(cpu);
                    }
                }
            }
            return cpus;
        }
    }

    /**
     * Pins the calling thread to one CPU.
     *
     * @return false if that CPU is not among {@link #allowed()} or the kernel refuses
     */
    public static boolean pin(final int cpu) {
        if (!allowed().get(cpu)) {
            return false;
        }
        try (NativeMemory.Region mask = NativeMemory.allocate(NativeMemory.Tag.OTHER, MASK_BYTES, Long.BYTES)) {
            UnsafeApi.putByte(mask.address() + cpu / 8, (byte) (1 << cpu % 8));
            return Native.library().affinitySet(mask.address(), MASK_BYTES) >= 0;
        }
    }
}
