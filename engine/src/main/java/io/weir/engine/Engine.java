package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowTable;
import io.weir.flow.Toeplitz;
import io.weir.output.LatencyWorstFile;
import io.weir.monitor.Reading;
import io.weir.output.StatisticsReport;
import io.weir.output.Summary;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.AnomalyWriter;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.TcpReassembler;
import io.weir.reassembly.fragment.FragmentReassembler;
import io.weir.rule.alert.Decisions;
import io.weir.rule.detect.Detection;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.detect.RuleCost;
import io.weir.stats.Activity;
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
import io.weir.stats.TrafficTotals;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A running engine: one thread for capture and work, or a dispatcher and a thread per worker, and an aggregator.
 *
 * <p>The thread that made it starts, stops and closes it; {@link #progress()} and {@link #stop()} are for any thread.
 */
public final class Engine implements AutoCloseable {
    /** Nobody waits for a record to the millisecond, and an idle engine should cost next to nothing. */
    /**
     * How long the aggregator sleeps when no record is there: waking up costs as much as handing out fifty records. The
     * ring must hold what comes in the meantime.
     */
    private static final long AGGREGATOR_PARK_NS = 1_000_000;

    private final EngineContext context;
    private final FrameSource source;
    private final StopSignal stop = new StopSignal();
    private final SystemNanoClock monotonic = SystemNanoClock.INSTANCE;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<Counters> counters = new ArrayList<>();
    private final List<LatencyRecorder> recorders = new ArrayList<>();
    private final FlowTotals totals;
    private final AnomalyTotals anomalies = new AnomalyTotals();
    private final LatencyCollector latency;
    private final PauseMeter meter;
    private final CaptureGauge gauge;
    private final Worker[] workers;
    /** Null where no dispatcher drops frames. */
    private final FlowHints hints;
    private WorkerRing[] rings = {};
    private final Agent intakeAgent;
    private final List<Agent> workerAgents = new ArrayList<>();
    private final Aggregator aggregator;
    private final List<EngineThread> inspecting = new ArrayList<>();
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
        this.source = context.source();
        totals = new FlowTotals(context.applications());
        // First: it is what may fail, and nothing must be freed again then.
        final long startMs = new WallClock().epochNs() / 1_000_000;
        final boolean logs = context.latency() && context.latencyLog() != null;
        final LatencyLog log = logs ? new LatencyLog(context.latencyLog(), startMs, context.faults()) : null;
        final LatencyWorstFile worst = logs
            ? new LatencyWorstFile(LatencyWorstFile.beside(context.latencyLog()), context.faults()) : null;
        counters.addAll(context.counters());
        final Counters dispatchCounters = newCounters();
        gauge = new CaptureGauge(source, dispatchCounters, monotonic);
        final FlowHash flowHash = FlowHash.random(context.flowTable());
        workers = new Worker[context.workers()];
        hints = source.isLive() && workers.length > 1 ? new FlowHints() : null;
        if (hints != null) {
            resources.add(hints);
        }
        for (int i = 0; i < workers.length; i++) {
            workers[i] = newWorker(i);
        }
        final List<LatencyRecorder> recordRecorders = newRecordRecorders();
        final FragmentReassembler fragments =
            new FragmentReassembler(context.fragments(), dispatchCounters, !source.isLive());
        resources.add(fragments);
        final Intake intake = new Intake(source, context.tee(), fragments, flowHash, dispatchCounters, gauge,
            new WallClock(), stop);
        stop.whenFailed(this::abandonRecords);
        final EventMerge merge;
        if (workers.length == 1) {
            intakeAgent = new FusedAgent(source, intake, fragments.arena(), workers[0]);
            merge = new EventMerge(eventRings(), i -> workers[0].passedSequence());
        } else {
            rings = newRings();
            final Toeplitz toeplitz = new Toeplitz(context.toeplitzKey());
            final Dispatcher dispatcher =
                new Dispatcher(source, intake, fragments.arena(), toeplitz, rings, hints, dispatchCounters,
                    new WallClock());
            intakeAgent = dispatcher;
            for (int i = 0; i < workers.length; i++) {
                workerAgents.add(new RingWorker(rings[i], workers[i], i));
            }
            merge = new EventMerge(eventRings(), i -> passedSequence(dispatcher, rings[i], workers[i]));
        }
        meter = context.latency() && context.pauses() ? new PauseMeter(threadNames(), monotonic) : null;
        latency = context.latency() ? newLatencyCollector(log, worst, startMs) : null;
        aggregator = new Aggregator(merge, context.outputs(), totals, anomalies, latency, this::statistics,
            newCounters(), monotonic, new WallClock(), recordRecorders,
            context.rules(), new Decisions(context.ruleStates(), new SecureRandom().nextLong()),
            source.isLive() ? context.statisticsIntervalNs() : 0, context.latencyIntervalNs());
    }

    /** Names of the threads that a meter watches. */
    private List<String> threadNames() {
        final List<String> names = new ArrayList<>();
        inspectingAgents().forEach(agent -> names.add(EngineThread.name(agent)));
        names.add(EngineThread.AGGREGATOR);
        return names;
    }

    /** A worker with nothing on its ring has passed everything that was dispatched. */
    private static long passedSequence(final Dispatcher dispatcher, final WorkerRing ring, final Worker worker) {
        final long dispatched = dispatcher.dispatchedSequence();
        return ring.isDrained() ? Math.max(dispatched, worker.passedSequence()) : worker.passedSequence();
    }

    private Counters newCounters() {
        final Counters made = new Counters();
        counters.add(made);
        resources.add(made);
        return made;
    }

    private Worker newWorker(final int number) {
        final Counters workerCounters = newCounters();
        final EventRing events = new EventRing(context.eventRingBytes(), !source.isLive());
        final FlowTable flows = new FlowTable(context.flowTable(), events, workerCounters);
        final AnomalyWriter odd = new AnomalyWriter(flows, events, workerCounters, context.keepsOddFrames());
        final Classifier classifier =
            new Classifier(context.classifier(), flows, context.applications(), events, workerCounters);
        final StreamSink wanted = context.streamSink(number, flows, events, workerCounters);
        final Detection detection = newDetection(number, flows, classifier, events, workerCounters);
        final StreamSink sink = both(both(detection == null ? StreamSink.NONE : detection.streams(),
            context.classifier().inspects() ? classifier : StreamSink.NONE), wanted);
        final TcpReassembler streams =
            new TcpReassembler(context.streams(), flows, sink, detection == null ? odd : detection, workerCounters);
        final boolean cutsOff = wanted == StreamSink.NONE && context.classifier().cutOff();
        final FlowObserver parsing = new FlowChain(streams, classifier);
        if (detection == null) {
            flows.observer(parsing);
        } else {
            flows.observer(new FlowChain(parsing, detection));
            detection.connect(streams, cutsOff ? streams::unwanted : null, odd);
            odd.names(detection::writeFlowBits);
        }
        if (cutsOff) {
            classifier.cutOff(detection == null ? streams::unwanted : detection::unwanted);
        }
        final Worker worker = new Worker(flows, streams, classifier, odd, detection, events, workerCounters,
            new WallClock(), newBatchLatency(number, flows, classifier),
            newWatch(flows, classifier, streams, detection, odd, workerCounters), newActivity());
        resources.add(worker);
        return worker;
    }

    private FlowWatch newWatch(final FlowTable flows, final Classifier classifier, final TcpReassembler streams,
        final Detection detection, final AnomalyWriter odd, final Counters workerCounters) {
        return !source.isLive() ? null : new FlowWatch(context.elephants(), context.elephantShare(), flows, classifier,
            streams, detection, odd, workerCounters, hints);
    }

    private Activity newActivity() {
        return !context.isWatched() ? null : new Activity(Protocols.all().size(),
            TrafficTotals.APPLICATIONS, new SecureRandom().nextLong() | 1);
    }

    private Detection newDetection(final int number, final FlowTable flows, final Classifier classifier,
        final EventRing events, final Counters workerCounters) {
        if (context.rules() == null) {
            return null;
        }
        final MatchListener listener =
            context.matchListener(number, flows, classifier, events, workerCounters);
        final Detection detection = new Detection(context.detection(), context.rules(), flows, classifier,
            application -> context.applications().of(application).name(), listener, workerCounters);
        classifier.listener(detection);
        return detection;
    }

    private static StreamSink both(final StreamSink first, final StreamSink second) {
        if (first == StreamSink.NONE) {
            return second;
        }
        return second == StreamSink.NONE ? first : new StreamTee(first, second);
    }

    private BatchLatency newBatchLatency(final int number, final FlowTable flows, final Classifier classifier) {
        if (!context.latency()) {
            return null;
        }
        final boolean queued = workers.length > 1;
        final LatencyRecorder recorder =
            new LatencyRecorder("worker-" + number, BatchLatency.stages(source.isLive(), queued));
        recorders.add(recorder);
        return new BatchLatency(recorder, number, source.isLive(), queued, flows, classifier);
    }

    /** One for each worker, written to by the aggregator; a record from a file is late by years, so none then. */
    private List<LatencyRecorder> newRecordRecorders() {
        final List<LatencyRecorder> made = new ArrayList<>();
        for (int i = 0; i < workers.length && context.latency() && source.isLive(); i++) {
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

    private WorkerRing[] newRings() {
        final WorkerRing[] rings = new WorkerRing[workers.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new WorkerRing(context.workerRingSize());
        }
        return rings;
    }

    private EventRing[] eventRings() {
        final EventRing[] rings = new EventRing[workers.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = workers[i].events();
        }
        return rings;
    }

    /** The agents in the order in which a single thread may drive them: intake, workers. */
    List<Agent> inspectingAgents() {
        final List<Agent> agents = new ArrayList<>();
        agents.add(intakeAgent);
        agents.addAll(workerAgents);
        return agents;
    }

    /** The agent that hands records to the outputs. */
    Aggregator aggregator() {
        return aggregator;
    }

    /** Starts all threads. */
    public void start() {
        startedNs = monotonic.nanoTime();
        startedCpuNs = ProcessCpu.timeNs();
        int number = 0;
        for (final Agent agent : inspectingAgents()) {
            final IdleStrategy idle =
                number == 0 && source.isLive() ? new FrameWait(source) : context.newIdleStrategy();
            inspecting.add(new EngineThread(agent, context.cpu(number), idle, stop, meter));
            number++;
        }
        aggregating = new EngineThread(aggregator, -1,
            new SleepingIdleStrategy(AGGREGATOR_PARK_NS), stop, meter);
        if (meter != null) {
            metering = new EngineThread(meter, -1, new SleepingIdleStrategy(PauseMeter.PERIOD_NS), stop, null);
            metering.start();
        }
        aggregating.start();
        inspecting.forEach(EngineThread::start);
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
        source.wakeup();
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
        aggregator.finish();
        if (!aggregating.join(deadlineNs - monotonic.nanoTime())) {
            return false;
        }
        if (metering != null) {
            meter.finish();
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
            decoded(), gauge.newest(), totals, anomalies);
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
        return new Progress(now, gauge.newest(), monotonic.nanoTime() - startedNs);
    }

    /** What can be seen of it from outside at this moment. Any thread, while the engine is not closed. */
    public Reading reading() {
        final List<Reading.Load> loads = new ArrayList<>();
        for (int i = 0; i < workers.length; i++) {
            final Counters counted = workers[i].counters();
            loads.add(new Reading.Load(counted.get(Counter.FRAMES_PROCESSED), counted.get(Counter.BYTES_PROCESSED),
                counted.get(Counter.DROP_WORKER_LATE), counted.get(Counter.FLOWS_LIVE),
                rings.length == 0 ? 0 : rings[i].waiting(), workers[i].activity()));
        }
        final List<Reading.ThreadTime> threads = new ArrayList<>();
        inspecting.forEach(thread -> threads.add(thread.time()));
        if (aggregating != null) {
            threads.add(aggregating.time());
        }
        return new Reading(new WallClock().epochNs(), monotonic.nanoTime() - startedNs, counterTotals(),
            gauge.newest(), loads, threads);
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
        return new Summary(elapsedNs, cpuNs, counterTotals(), gauge.newest(), totals, anomalies,
            latency == null ? new LatencyTotals() : latency.totals(),
            ruleCosts());
    }

    @Override
    public void close() {
        stop.fail(new IllegalStateException("engine closed"));
        source.wakeup();
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
