package io.weir.monitor;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.protocol.application.ApplicationNames;
import io.weir.stats.Activity;
import io.weir.stats.ActivityInterval;
import io.weir.stats.TrafficTotals;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a {@link Status} of two readings of an engine. One thread. */
final class StatusMaker {
    /** Addresses that are told. */
    static final int TALKERS = 20;

    private final Instance instance;
    private final Supplier<Reading> engine;
    private final Supplier<Records> records;
    private final FaultLog faults;
    private final TrafficTotals traffic;
    private Reading before;
    private long[] busyBefore = {};

    StatusMaker(final Instance instance, final Supplier<Reading> engine, final Supplier<Records> records,
        final FaultLog faults, final ApplicationNames applications) {
        this.instance = instance;
        this.engine = engine;
        this.records = records;
        this.faults = faults;
        traffic = new TrafficTotals(applications, new SecureRandom().nextLong());
        before = engine.get();
        busyBefore = new long[before.workers().size()];
    }

    /** Asks the workers for what has passed them; they answer with their next batch. */
    void ask() {
        for (final Reading.Load worker : before.workers()) {
            if (worker.activity() != null) {
                worker.activity().ask();
            }
        }
    }

    /** Makes the status of this moment, from what the workers have answered. */
    Status make() {
        final Reading now = engine.get();
        final long intervalNs = Math.max(1_000_000L, now.uptimeNs() - before.uptimeNs());
        final double seconds = intervalNs / 1e9;
        traffic.begin();
        for (final Reading.Load worker : now.workers()) {
            final ActivityInterval passed = worker.activity() == null ? null : worker.activity().take();
            if (passed != null) {
                traffic.add(passed);
            }
        }
        final Records told = records.get();
        final Status status = new Status(instance, now, told,
            told.timeNs() == 0 ? now.uptimeNs() : System.nanoTime() - told.timeNs(), intervalNs,
            rates(now, seconds), traffic.protocols(), traffic.applications(), traffic.talkers(TALKERS),
            workers(now, seconds), threads(now, intervalNs), memory(), faults.rows());
        before = now;
        return status;
    }

    private Map<Counter, Double> rates(final Reading now, final double seconds) {
        final Map<Counter, Double> rates = new EnumMap<>(Counter.class);
        for (final Counter counter : Counter.values()) {
            if (counter.kind() != Counter.Kind.GAUGE) {
                rates.put(counter,
                    Math.max(0, now.counters().get(counter) - before.counters().get(counter)) / seconds);
            }
        }
        return rates;
    }

    private List<Status.WorkerLoad> workers(final Reading now, final double seconds) {
        final List<Status.WorkerLoad> loads = new ArrayList<>();
        for (int i = 0; i < now.workers().size(); i++) {
            final Reading.Load load = now.workers().get(i);
            final Reading.Load last = before.workers().get(i);
            final Activity activity = load.activity();
            final long busyNs = activity == null ? 0 : activity.busyNs();
            loads.add(new Status.WorkerLoad((load.frames() - last.frames()) / seconds,
                (load.bytes() - last.bytes()) / seconds, Math.min(1, (busyNs - busyBefore[i]) / 1e9 / seconds),
                busyNs, load));
            busyBefore[i] = busyNs;
        }
        return loads;
    }

    private List<Status.ThreadLoad> threads(final Reading now, final long intervalNs) {
        final Map<String, Long> last = new HashMap<>();
        before.threads().forEach(thread -> last.put(thread.name(), thread.cpuNs()));
        final List<Status.ThreadLoad> loads = new ArrayList<>();
        for (final Reading.ThreadTime thread : now.threads()) {
            final long usedNs = Math.max(0, thread.cpuNs() - last.getOrDefault(thread.name(), thread.cpuNs()));
            loads.add(new Status.ThreadLoad(thread.name(), (double) usedNs / intervalNs, thread.cpuNs()));
        }
        return loads;
    }

    private static Map<String, Long> memory() {
        final Map<String, Long> memory = new LinkedHashMap<>();
        final Runtime runtime = Runtime.getRuntime();
        memory.put("heap", runtime.totalMemory() - runtime.freeMemory());
        for (final NativeMemory.Tag tag : NativeMemory.Tag.values()) {
            if (NativeMemory.inUse(tag) > 0) {
                memory.put(tag.name().toLowerCase(Locale.ROOT), NativeMemory.inUse(tag));
            }
        }
        return memory;
    }
}
