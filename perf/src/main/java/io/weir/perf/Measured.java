package io.weir.perf;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What a pass took.
 *
 * @param frames of one time through the trace
 * @param passed frames of all times through it
 * @param cpuNs  CPU time, user and system, of every thread of the process
 * @param wallNs by the clock
 */
record Measured(long frames, long passed, long cpuNs, long wallNs) {
    /** The CPU clock has steps of 10 ms: a warm pass goes over the trace again until they do not matter. */
    static final long LEAST_NS = 500_000_000L;

    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Goes through the trace once, and then again until it took {@code leastNs} of CPU time. */
    static Measured of(final Pass pass, final Path trace, final int workers, final long leastNs)
        throws IOException, InterruptedException {
        final long cpuBefore = SYSTEM.getProcessCpuTime();
        final long startNs = System.nanoTime();
        long frames;
        long passed = 0;
        long cpuNs;
        do {
            frames = pass.run(trace, workers);
            passed += frames;
            cpuNs = SYSTEM.getProcessCpuTime() - cpuBefore;
        } while (cpuNs < leastNs);
        return new Measured(frames, passed, cpuNs, System.nanoTime() - startNs);
    }

    /** Frames per CPU-second. */
    double perCpuSecond() {
        return passed * 1e9 / cpuNs;
    }
}
