package io.weir.stats;

import java.util.List;

/** Hears of every interval in which latencies were taken. Called on the aggregator's thread. */
public interface LatencyListener extends AutoCloseable {
    /**
     * Takes what stood out in an interval. Lists hold until the next call.
     *
     * @param startMs   ms since 1970
     * @param endMs     the same
     * @param slowest   frames with the longest time to their verdict, of all workers
     * @param batches   batches that took longest, of all workers
     * @param pauses    the longest pauses, or null if they are not taken
     * @param threads   names of the threads in pauses, by number
     */
    void interval(long startMs, long endMs, SlowFrames slowest, SlowFrames batches, PauseInterval pauses,
        List<String> threads);

    /** True if it could not keep all it was told. */
    boolean failed();

    @Override
    void close();
}
