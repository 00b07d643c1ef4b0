package io.weir.monitor;

import io.weir.capture.CaptureStatistics;
import io.weir.stats.Activity;
import io.weir.stats.CounterTotals;
import java.util.List;

/**
 * What any thread can see of a running engine at one moment, without asking its threads.
 *
 * @param timeNs   the moment, ns since 1970
 * @param uptimeNs time since the engine started
 * @param counters of all threads
 * @param capture  totals of the frame source, up to a second old
 * @param workers  what each worker has done
 * @param threads  what each thread has used
 */
public record Reading(long timeNs, long uptimeNs, CounterTotals counters, CaptureStatistics capture,
    List<Load> workers, List<ThreadTime> threads) {

    /** Copies what it is given. */
    public Reading {
        workers = List.copyOf(workers);
        threads = List.copyOf(threads);
    }

    /**
     * One worker.
     *
     * @param frames   it has looked at
     * @param bytes    of these
     * @param late     frames it has passed unread
     * @param flows    in its table
     * @param waiting  frames on its ring
     * @param activity what passes it, or null if it does not tell
     */
    public record Load(long frames, long bytes, long late, long flows, int waiting, Activity activity) {
    }

    /**
     * One thread of the engine.
     *
     * @param name  of the thread
     * @param cpuNs CPU time it has taken; 0 once it has ended
     */
    public record ThreadTime(String name, long cpuNs) {
    }
}
