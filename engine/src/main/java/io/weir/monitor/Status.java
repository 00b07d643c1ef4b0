package io.weir.monitor;

import io.weir.base.Counter;
import io.weir.stats.HeavyHitters;
import io.weir.stats.TrafficTotals;
import java.util.List;
import java.util.Map;

/**
 * A running engine at one moment: what it stands at, and rates of the interval before. Immutable.
 *
 * @param instance     which engine
 * @param reading      counters and loads
 * @param records      what the aggregator told last
 * @param recordsAgeNs how long ago that was; more than two seconds means that records do not get out
 * @param intervalNs   that rates are of
 * @param rates        per second, of each counter
 * @param protocols    traffic by protocol, most in the interval first
 * @param applications traffic by application
 * @param talkers      addresses with most traffic in the interval; figures per second
 * @param workers      load of each worker
 * @param threads      shares of a CPU that threads took in the interval
 * @param memory       bytes in use by what for
 * @param faults       that the engine survived
 */
public record Status(Instance instance, Reading reading, Records records, long recordsAgeNs, long intervalNs,
    Map<Counter, Double> rates, List<TrafficTotals.Row> protocols, List<TrafficTotals.Row> applications,
    List<HeavyHitters.Row> talkers, List<WorkerLoad> workers, List<ThreadLoad> threads, Map<String, Long> memory,
    List<FaultLog.Row> faults) {

    /** Copies what it is given. */
    public Status {
        rates = Map.copyOf(rates);
        protocols = List.copyOf(protocols);
        applications = List.copyOf(applications);
        talkers = List.copyOf(talkers);
        workers = List.copyOf(workers);
        threads = List.copyOf(threads);
        faults = List.copyOf(faults);
    }

    /**
     * Load of a worker in the interval.
     *
     * @param frameRate frames per second
     * @param byteRate  bytes per second
     * @param busy      share of the time in which it worked on frames
     * @param busyNs    time since the start in which it did
     * @param load      since the start
     */
    public record WorkerLoad(double frameRate, double byteRate, double busy, long busyNs, Reading.Load load) {
    }

    /**
     * Load of a thread in the interval.
     *
     * @param name  of the thread
     * @param share of one CPU
     * @param cpuNs since the start
     */
    public record ThreadLoad(String name, double share, long cpuNs) {
    }

    /** Value of a counter. */
    public long count(final Counter counter) {
        return reading.counters().get(counter);
    }

    /** How fast a counter rose, per second. */
    public double rate(final Counter counter) {
        return rates.getOrDefault(counter, 0.0);
    }
}
