package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.Native;
import io.weir.base.WallClock;
import io.weir.capture.CaptureStatistics;
import io.weir.event.EventRing;
import io.weir.output.LatencyWorstFile;
import io.weir.monitor.Reading;
import io.weir.output.StatisticsReport;
import io.weir.output.Summary;
import io.weir.rule.alert.Decisions;
import io.weir.rule.detect.Detection;
import io.weir.rule.detect.RuleCost;
import io.weir.stats.AnomalyTotals;
import io.weir.stats.CounterTotals;
import io.weir.stats.DecoderCounts;
import io.weir.stats.FlowTotals;
import io.weir.stats.LatencyCollector;
import io.weir.stats.LatencyListener;
import io.weir.stats.LatencyLog;
import io.weir.stats.LatencyRecorder;
import io.weir.stats.LatencyStage;
import io.weir.stats.LatencyTotals;
import io.weir.stats.PauseMeter;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A running engine: one thread for capture and work, a dispatcher and a thread per worker, or several threads that
 * capture and work; and a thread for the aggregator, but for a single worker at files without outputs.
 *
 * <p>The thread that made it starts, stops and closes it; {@link #progress()} and {@link #stop()} are for any thread.
 */
public final class Engine implements AutoCloseable {
    /**
     * How long the aggregator sleeps when no record is there: waking up costs as much as handing out fifty records. The
     * ring must hold what comes in the meantime.
     */
    private static final long AGGREGATOR_PARK_NS = 1_000_000;
    /** The same where nobody waits for records, and a worker whose ring is full wakes the aggregator. */
    private static final long AGGREGATOR_LONG_PARK_NS = 5_000_000;
    /** From so many bytes of a trace on, loading libweir takes less time than its checksums save. */
    private static final long LONG_TRACE_BYTES = 32L << 20;

    private final EngineContext context;
    private final boolean live;
    private final StopSignal stop = new StopSignal();
    private final SystemNanoClock monotonic = SystemNanoClock.INSTANCE;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<Counters> counters = new ArrayList<>();
    private final List<LatencyRecorder> recorders = new ArrayList<>();
    private final FlowTotals totals;
    private final AnomalyTotals anomalies = new AnomalyTotals();
    private final LatencyCollector latency;
    private final PauseMeter meter;
    private final Worker[] workers;
    private final Pipeline pipeline;
    private final Aggregator aggregator;
    private final List<EngineThread> inspecting = new ArrayList<>();
    /** Null where one thread does everything. */
    private EngineThread aggregating;
    private EngineThread metering;
    private long startedNs = monotonic.nanoTime();
    private long startedCpuNs;
    private long elapsedNs;
    private long cpuNs;

    /**
     * Builds an engine from a concluded context; {@link #start()} starts it.
     *
     * @throws IOException if the latency log cannot be created
     */
    public Engine(final EngineContext context) throws IOException {
        this.context = context;
        live = context.isLive();
        totals = new FlowTotals(context.applications());
        // First: it is what may fail, and nothing must be freed again then.
        final long startMs = new WallClock().epochNs() / 1_000_000;
        final boolean logs = context.latency() && context.latencyLog() != null;
        final LatencyLog log = logs ? new LatencyLog(context.latencyLog(), startMs, context.faults()) : null;
        final LatencyWorstFile worst = logs
            ? new LatencyWorstFile(LatencyWorstFile.beside(context.latencyLog()), context.faults()) : null;
        counters.addAll(context.counters());
        workers = new Worker[context.workers()];
        final boolean queued = workers.length > 1 && !context.fansOut();
        final FlowHints hints = live && queued ? new FlowHints() : null;
        if (hints != null) {
            resources.add(hints);
        }
        final WorkerFactory factory = new WorkerFactory(context, live, queued, hints, recorders);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = factory.make(i, newCounters());
            resources.add(workers[i]);
        }
        final List<LatencyRecorder> recordRecorders = newRecordRecorders();
        stop.whenFailed(this::abandonRecords);
        pipeline = context.fansOut() ? new FanOutPipeline(context, workers, this::newCounters, resources, stop)
            : new DispatchPipeline(context, workers, hints, newCounters(), resources, stop);
        final EventMerge merge = new EventMerge(eventRings(), pipeline.progress());
        meter = context.latency() && context.pauses() ? new PauseMeter(threadNames(), monotonic) : null;
        latency = context.latency() ? newLatencyCollector(log, worst, startMs) : null;
        aggregator = new Aggregator(merge, context.outputs(), totals, anomalies, latency, this::statistics,
            newCounters(), monotonic, new WallClock(), recordRecorders,
            context.rules(), new Decisions(context.ruleStates(), new SecureRandom().nextLong()),
            live ? context.statisticsIntervalNs() : 0, context.latencyIntervalNs());
    }

    /** Names of the threads that a meter watches. */
    private List<String> threadNames() {
        final List<String> names = new ArrayList<>();
        inspectingAgents().forEach(agent -> names.add(EngineThread.name(agent)));
        if (!isComplete()) {
            names.add(EngineThread.AGGREGATOR);
        }
        return names;
    }

    /** True where one thread does everything: what the only worker tells goes to no file, and no frame waits for it. */
    private boolean isComplete() {
        return !live && workers.length == 1 && context.outputs().isEmpty() && context.latencyLog() == null;
    }

    private Counters newCounters() {
        final Counters made = new Counters();
        counters.add(made);
        resources.add(made);
        return made;
    }

    /** One for each worker, written to by the aggregator; a record from a file is late by years, so none then. */
    private List<LatencyRecorder> newRecordRecorders() {
        final List<LatencyRecorder> made = new ArrayList<>();
        for (int i = 0; i < workers.length && context.latency() && live; i++) {
            made.add(new LatencyRecorder("worker-" + i, LatencyStage.ARRIVAL_TO_RECORD));
        }
        recorders.addAll(made);
        return made;
    }

    /** A worker that waits for room on its record ring would wait for ever once nobody reads it. */
    private void abandonRecords() {
        for (final Worker worker : workers) {
            worker.events().abandon();
        }
    }

    private LatencyCollector newLatencyCollector(final LatencyLog log, final LatencyListener worst,
        final long startMs) {
        final LatencyCollector collector = new LatencyCollector(recorders, meter, log, worst, startMs);
        resources.add(collector);
        return collector;
    }

    private EventRing[] eventRings() {
        final EventRing[] rings = new EventRing[workers.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = workers[i].events();
        }
        return rings;
    }

    /** The agents that frames pass through, in the order in which a single thread may drive them. */
    List<Agent> inspectingAgents() {
        return pipeline.agents();
    }

    /** The agent that hands records to the outputs. */
    Aggregator aggregator() {
        return aggregator;
    }

    /** Starts all threads. */
    public void start() {
        startedNs = monotonic.nanoTime();
        startedCpuNs = ProcessCpu.timeNs();
        if (isLong()) {
            Native.loadBeside(context.faults());
        }
        int number = 0;
        for (final Agent agent : inspectingAgents()) {
            final Agent all = isComplete() ? new CompleteAgent(agent, aggregator) : agent;
            inspecting.add(new EngineThread(all, context.cpu(number), pipeline.idle(number), stop, meter));
            number++;
        }
        if (!isComplete()) {
            aggregating = new EngineThread(aggregator, -1,
                new SleepingIdleStrategy(live ? AGGREGATOR_PARK_NS : AGGREGATOR_LONG_PARK_NS), stop, meter);
            aggregating.start();
        }
        if (meter != null) {
            metering = new EngineThread(meter, -1,
                new SleepingIdleStrategy(live ? PauseMeter.PERIOD_NS : PauseMeter.LONG_PERIOD_NS), stop, null);
            metering.start();
        }
        inspecting.forEach(EngineThread::start);
    }

    /** True for a trace over which it pays to load libweir, which live capture has loaded already. */
    private boolean isLong() {
        final CaptureStatistics statistics = new CaptureStatistics();
        if (!live) {
            context.source().statistics(statistics);
        }
        return statistics.bytesTotal >= LONG_TRACE_BYTES;
    }

    /** Changes the time between statistics records of a live run. Any thread. */
    public void statisticsIntervalNs(final long value) {
        aggregator.statisticsIntervalNs(value);
    }

    /** Threads that frames pass through: the dispatcher, if there is one, and the workers; 0 before the start. */
    public int packetThreads() {
        return inspecting.size();
    }

    /**
     * Duty cycles that a packet thread has brought to an end. One that has nothing to do goes round all the same, ten
     * times a second at least: if this does not move, the thread is stuck. Any thread, once the engine was started.
     */
    public long cycles(final int thread) {
        return inspecting.get(thread).cycles();
    }

    /** Name of a packet thread, as the operating system shows it. */
    public String threadName(final int thread) {
        return inspecting.get(thread).roleName();
    }

    /** Asks the engine to end: what was taken in is still worked on. Any thread. */
    public void stop() {
        stop.set();
        pipeline.wakeup();
    }

    /** Waits no more for outputs that are slow: records that find no room are lost and counted. Any thread. */
    public void hasten() {
        abandonRecords();
    }

    /**
     * Waits for the end of the trace and of all threads.
     *
     * @return true once everything has ended; then {@link #summary()} may be asked
     * @throws EngineException if a thread of the engine failed
     */
    public boolean await(final long timeoutNs) throws InterruptedException {
        final long deadlineNs = monotonic.nanoTime() + timeoutNs;
        for (final EngineThread thread : inspecting) {
            if (!thread.join(deadlineNs - monotonic.nanoTime())) {
                return false;
            }
        }
        if (aggregating != null) {
            aggregator.finish();
            aggregating.wakeup();
            if (!aggregating.join(deadlineNs - monotonic.nanoTime())) {
                return false;
            }
        }
        if (metering != null) {
            meter.finish();
            metering.wakeup();
            if (!metering.join(deadlineNs - monotonic.nanoTime())) {
                return false;
            }
        }
        if (stop.failure() != null) {
            throw new EngineException(stop.failure());
        }
        if (elapsedNs == 0) {
            elapsedNs = monotonic.nanoTime() - startedNs;
            cpuNs = ProcessCpu.timeNs() - startedCpuNs;
        }
        return true;
    }

    private CounterTotals counterTotals() {
        final CounterTotals sum = new CounterTotals();
        counters.forEach(sum::add);
        return sum;
    }

    private DecoderCounts decoded() {
        final DecoderCounts sum = new DecoderCounts();
        for (final Worker worker : workers) {
            sum.add(worker.decoded());
        }
        return sum;
    }

    private StatisticsReport statistics(final boolean last) {
        final long nowNs = monotonic.nanoTime();
        return new StatisticsReport(new WallClock().epochNs(), nowNs - startedNs, last, counterTotals(),
            decoded(), pipeline.capture(), totals, anomalies);
    }

    /** Frames the workers have looked at. Any thread; allocates nothing. */
    public long processedFrames() {
        long frames = 0;
        for (int i = 0; i < workers.length; i++) {
            frames += workers[i].counters().get(Counter.FRAMES_PROCESSED);
        }
        return frames;
    }

    /** How far the engine is; a moment old. Any thread. */
    public Progress progress() {
        final CounterTotals now = counterTotals();
        return new Progress(now, pipeline.capture(), monotonic.nanoTime() - startedNs);
    }

    /** What can be seen of it from outside at this moment. Any thread, while the engine is not closed. */
    public Reading reading() {
        final List<Reading.Load> loads = new ArrayList<>();
        for (int i = 0; i < workers.length; i++) {
            final Counters counted = workers[i].counters();
            loads.add(new Reading.Load(counted.get(Counter.FRAMES_PROCESSED), counted.get(Counter.BYTES_PROCESSED),
                counted.get(Counter.DROP_WORKER_LATE), counted.get(Counter.FLOWS_LIVE),
                pipeline.waiting(i), workers[i].activity()));
        }
        final List<Reading.ThreadTime> threads = new ArrayList<>();
        inspecting.forEach(thread -> threads.add(thread.time()));
        if (aggregating != null) {
            threads.add(aggregating.time());
        }
        return new Reading(new WallClock().epochNs(), monotonic.nanoTime() - startedNs, counterTotals(),
            pipeline.capture(), loads, threads);
    }

    /**
     * True if the files of interval histograms and of the slowest frames lack something, once {@link #await} answered
     * true.
     */
    public boolean latencyLogFailed() {
        return latency != null && latency.logFailed();
    }

    /** The rules at work in each worker, in their order; null where there are none. Its costs may be read any time. */
    public Detection detection(final int worker) {
        return workers[worker].detection();
    }

    /** What rules that were asked have cost so far, the dearest first. Any thread. */
    public List<RuleCost> ruleCosts() {
        final List<Detection> detections = new ArrayList<>();
        for (final Worker worker : workers) {
            if (worker.detection() != null) {
                detections.add(worker.detection());
            }
        }
        return RuleCost.of(detections);
    }

    /** The whole run in figures, once {@link #await} answered true. */
    public Summary summary() {
        return new Summary(elapsedNs, cpuNs, counterTotals(), pipeline.capture(), totals, anomalies,
            latency == null ? new LatencyTotals() : latency.totals(),
            ruleCosts());
    }

    @Override
    public void close() {
        stop.fail(new IllegalStateException("engine closed"));
        pipeline.wakeup();
        boolean ended = true;
        try {
            for (final EngineThread thread : inspecting) {
                ended &= thread.join(5_000_000_000L);
            }
            ended &= aggregating == null || aggregating.join(5_000_000_000L);
            ended &= metering == null || metering.join(5_000_000_000L);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        // Freeing memory under a thread that still runs would kill the process; better to leave it.
        if (ended) {
            CloseHelper.closeAll(resources);
        }
    }

    /**
     * How far an engine is.
     *
     * @param counters  of all threads
     * @param capture   of the source, up to a second old
     * @param elapsedNs since the start
     */
    public record Progress(CounterTotals counters, CaptureStatistics capture, long elapsedNs) {
    }
}
