package io.weir.perf;

import java.io.IOException;
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
    /** A warm pass goes over the trace again until it took so much CPU time, so that what comes by chance is shared. */
    static final long LEAST_NS = 500_000_000L;

    /** Goes through the trace once, and then again until it took {@code leastNs} of CPU time. */
    static Measured of(final Pass pass, final Path trace, final int workers, final long leastNs)
        throws IOException, InterruptedException {
        final long cpuBefore = ProcessTime.cpuNs();
        final long startNs = System.nanoTime();
        long frames;
        long passed = 0;
        long cpuNs;
        do {
            frames = pass.run(trace, workers);
            passed += frames;
            cpuNs = ProcessTime.cpuNs() - cpuBefore;
        } while (cpuNs < leastNs);
        return new Measured(frames, passed, cpuNs, System.nanoTime() - startNs);
    }

    /** Frames per CPU-second. */
    double perCpuSecond() {
        return passed * 1e9 / cpuNs;
    }
}
