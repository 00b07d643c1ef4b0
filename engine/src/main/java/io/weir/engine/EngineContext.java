package io.weir.engine;

import io.weir.base.Affinity;
import io.weir.base.Counters;
import io.weir.capture.FrameSource;
import io.weir.event.EventRing;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.flow.Toeplitz;
import io.weir.output.RecordOutput;
import io.weir.protocol.application.ActiveApplications;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.classify.Classifier;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.fragment.FragmentContext;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.DetectionContext;
import io.weir.rule.detect.MatchListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What an engine is made from: defaults, setters, and {@link #conclude()}, which checks everything once. After that it
 * does not change.
 */
public final class EngineContext {
    /** Most workers an engine takes. */
    public static final int MAX_WORKERS = 64;
    /** Most of them that capture themselves: between each two there is a ring. */
    public static final int MAX_MEMBERS = 32;

    private FrameSource source;
    private List<? extends FrameSource> members = List.of();
    private int workers = 1;
    private int workerRingSize = 16 * 1024;
    private int eventRingBytes = 4 * 1024 * 1024;
    private int[] cpus = {};
    private Supplier<IdleStrategy> idleStrategy = () -> new BackoffIdleStrategy(10, 20, 1_000, 100_000);
    private FlowTableContext flowTable = new FlowTableContext();
    private FragmentContext fragments = new FragmentContext();
    private int ruleStates = 64 * 1024;
    private byte[] toeplitzKey = Toeplitz.randomKey();
    private final List<RecordOutput> outputs = new ArrayList<>();
    private StreamContext streams = new StreamContext();
    private StreamSinkFactory streamSinks = (worker, flows, events, counters) -> StreamSink.NONE;
    private ClassifierContext classifier = new ClassifierContext();
    private ActiveApplications applications = new ActiveApplications(ApplicationTable.NONE);
    private ActiveRules rules;
    private DetectionContext detection = new DetectionContext();
    private MatchListenerFactory matchListeners = (worker, flows, classifier, events, counters) -> MatchListener.NONE;
    private FrameTee tee;
    private MemberTee memberTee;
    private final List<Counters> counters = new ArrayList<>();
    private boolean latency = true;
    private boolean oddFrames;
    private boolean pauses = true;
    private ElephantPolicy elephants = ElephantPolicy.REPORT;
    private int elephantShare = 10;
    private boolean watched;
    private ErrorHandler faults = fault -> { };
    private Path latencyLog;
    private long latencyIntervalNs = 1_000_000_000L;
    private long statisticsIntervalNs = 8_000_000_000L;
    private boolean concluded;

    /** Where frames come from; the engine uses it on its own thread and does not close it. */
    public EngineContext source(final FrameSource value) {
        source = value;
        return this;
    }

    /**
     * Where frames come from in a fan-out: a live source for each worker, which captures from it on its own thread. The
     * engine uses them on its threads and does not close them. Sets the number of workers.
     */
    public EngineContext members(final List<? extends FrameSource> value) {
        members = List.copyOf(value);
        workers = members.size();
        return this;
    }

    /** Number of workers; with one, capture and work share a thread. Default 1. */
    public EngineContext workers(final int value) {
        workers = value;
        return this;
    }

    /** Descriptors in each worker's ring, a power of two. Default 16,384. */
    public EngineContext workerRingSize(final int value) {
        workerRingSize = value;
        return this;
    }

    /** Bytes of each worker's record ring, a power of two. Default 4 MiB. */
    public EngineContext eventRingBytes(final int value) {
        eventRingBytes = value;
        return this;
    }

    /** CPUs to pin to: the dispatcher first, then the workers; empty for no pinning, the default. */
    public EngineContext cpus(final int... value) {
        cpus = value.clone();
        return this;
    }

    /** Makes the idle strategy of each thread. Default: spin, yield, then park up to 100 us. */
    public EngineContext idleStrategy(final Supplier<IdleStrategy> value) {
        idleStrategy = value;
        return this;
    }

    /** Puts the beginning of the frame into records of anomalies. Default: no. */
    public EngineContext oddFrames(final boolean value) {
        oddFrames = value;
        return this;
    }

    /** Whether workers count what passes them while flows are in progress, for {@link Engine#reading}. Default: no. */
    public EngineContext watched(final boolean value) {
        watched = value;
        return this;
    }

    ErrorHandler faults() {
        return faults;
    }

    /** Told of faults that the engine survives, by the thread that survives them. Default: nobody. */
    public EngineContext faults(final ErrorHandler value) {
        faults = value;
        return this;
    }

    boolean isWatched() {
        return watched;
    }

    boolean keepsOddFrames() {
        return oddFrames;
    }

    /**
     * What a live engine does about flows that have a large share of a worker's bytes. Default: reports them.
     *
     * @param sharePercent of the bytes of ten seconds that makes a flow an elephant; default 10
     */
    public EngineContext elephants(final ElephantPolicy value, final int sharePercent) {
        elephants = value;
        elephantShare = sharePercent;
        return this;
    }

    ElephantPolicy elephants() {
        return elephants;
    }

    int elephantShare() {
        return elephantShare;
    }

    /** Settings of the flow tables; its memory is divided evenly among the workers. */
    public EngineContext flowTable(final FlowTableContext value) {
        flowTable = value;
        return this;
    }

    /** Settings of the reassembly of IP fragments. */
    public EngineContext fragments(final FragmentContext value) {
        fragments = value;
        return this;
    }

    /** Key of the Toeplitz hash, {@link Toeplitz#KEY_LENGTH} bytes. Default: drawn anew for each engine. */
    public EngineContext toeplitzKey(final byte[] value) {
        toeplitzKey = value.clone();
        return this;
    }

    /** Adds an output; outputs are driven by the aggregator's thread and closed by whoever made them. */
    public EngineContext output(final RecordOutput value) {
        outputs.add(value);
        return this;
    }

    /** Settings of TCP reassembly; its memory is divided evenly among the workers. */
    public EngineContext streams(final StreamContext value) {
        streams = value;
        return this;
    }

    /** Makes what receives the TCP streams. Default: they are followed, and nobody receives them. */
    public EngineContext streamSinks(final StreamSinkFactory value) {
        streamSinks = value;
        return this;
    }

    /** Settings of classification and parsing; its memory is divided evenly among the workers. */
    public EngineContext classifier(final ClassifierContext value) {
        classifier = value;
        return this;
    }

    /** Names and addresses of applications. Default: none is known. */
    public EngineContext applications(final ApplicationTable value) {
        return applications(new ActiveApplications(value));
    }

    /** The same, to be replaced while the engine runs. */
    public EngineContext applications(final ActiveApplications value) {
        applications = value;
        return this;
    }

    /**
     * Rules, and what takes their matches. Default: none, and frames are not looked at for them.
     *
     * @param value     whoever made it closes it, once the engine is closed
     * @param listeners makes what takes the matches of a worker
     */
    public EngineContext rules(final ActiveRules value, final MatchListenerFactory listeners) {
        rules = value;
        matchListeners = listeners;
        return this;
    }

    /** Counts, thresholds and host bits that are kept for rules across flows. Default 65,536. */
    public EngineContext ruleStates(final int value) {
        ruleStates = value;
        return this;
    }

    /** Limits of rules; their memory is divided evenly among the workers. */
    public EngineContext detection(final DetectionContext value) {
        detection = value;
        return this;
    }

    /** Sees every dispatched frame, or null. */
    public EngineContext tee(final FrameTee value) {
        tee = value;
        return this;
    }

    /** Sees every frame that the members of a fan-out work on, or null. */
    public EngineContext memberTee(final MemberTee value) {
        memberTee = value;
        return this;
    }

    /** Counters of a part the engine does not own, added to its totals. */
    public EngineContext counters(final Counters value) {
        counters.add(value);
        return this;
    }

    /** Whether latencies are taken. Default true. */
    public EngineContext latency(final boolean value) {
        latency = value;
        return this;
    }

    /** File for interval histograms, or null; the slowest frames go to a file beside it. */
    public EngineContext latencyLog(final Path value) {
        latencyLog = value;
        return this;
    }

    /** Whether pauses of the JVM, the machine and the scheduler are taken beside latencies. Default true. */
    public EngineContext pauses(final boolean value) {
        pauses = value;
        return this;
    }

    /** Length of an interval of latencies, in whole seconds. Default 1 s. */
    public EngineContext latencyIntervalNs(final long value) {
        latencyIntervalNs = value;
        return this;
    }

    /** Time between statistics records of a live engine. Default 8 s. */
    public EngineContext statisticsIntervalNs(final long value) {
        statisticsIntervalNs = value;
        return this;
    }

    /**
     * Checks everything and seals the context.
     *
     * @throws IllegalArgumentException naming the setting and what it may be
     */
    public EngineContext conclude() {
        check(!concluded, "an engine context is used once");
        check(source != null || fansOut(), "an engine needs a frame source");
        check(source == null || !fansOut(), "an engine has one source, or one for each member of a fan-out");
        for (final FrameSource member : members) {
            check(member.isLive(), "members of a fan-out capture live");
        }
        check(!fansOut() || members.size() == workers && workers > 1 && workers <= MAX_MEMBERS,
            "a fan-out has 2 to " + MAX_MEMBERS + " members, not " + workers);
        check(workers >= 1 && workers <= MAX_WORKERS, "workers must be 1 to " + MAX_WORKERS + ", not " + workers);
        check(BitUtil.isPowerOfTwo(workerRingSize) && workerRingSize >= 4 * Batch.CAPACITY,
            "worker ring size must be a power of two of at least " + 4 * Batch.CAPACITY + ", not " + workerRingSize);
        checkCpus();
        check(elephantShare >= 1 && elephantShare <= 100,
            "the share of an elephant must be 1 to 100 percent, not " + elephantShare);
        check(statisticsIntervalNs > 0, "statistics interval must be positive");
        check(latencyIntervalNs > 0, "latency interval must be positive");
        // Frames on the wire do not wait while an index grows.
        flowTable.workers(workers).growing(flowTable.growing() && !isLive()).conclude();
        streams.workers(workers).conclude();
        classifier.workers(workers).faults(faults).conclude();
        fragments.reassemblers(fansOut() ? workers : 1).conclude();
        detection.workers(workers).conclude();
        concluded = true;
        return this;
    }

    private void checkCpus() {
        if (cpus.length > 0) {
            final BitSet allowed = Affinity.allowed();
            for (final int cpu : cpus) {
                check(allowed.get(cpu),
                    "CPU " + cpu + " is not among those this process may run on: " + allowed);
            }
        }
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    FrameSource source() {
        return source;
    }

    /** Sources of a fan-out; empty without one. */
    List<? extends FrameSource> members() {
        return members;
    }

    boolean fansOut() {
        return !members.isEmpty();
    }

    boolean isLive() {
        return fansOut() || source.isLive();
    }

    MemberTee memberTee() {
        return memberTee;
    }

    int workers() {
        return workers;
    }

    int workerRingSize() {
        return workerRingSize;
    }

    int eventRingBytes() {
        return eventRingBytes;
    }

    /** CPU for the thread with this number, or -1. */
    int cpu(final int thread) {
        return cpus.length == 0 ? -1 : cpus[thread % cpus.length];
    }

    IdleStrategy newIdleStrategy() {
        return idleStrategy.get();
    }

    FlowTableContext flowTable() {
        return flowTable;
    }

    FragmentContext fragments() {
        return fragments;
    }

    byte[] toeplitzKey() {
        return toeplitzKey;
    }

    List<RecordOutput> outputs() {
        return outputs;
    }

    StreamContext streams() {
        return streams;
    }

    /** What receives the streams of a worker. */
    StreamSink streamSink(final int worker, final FlowTable flows, final EventRing events,
        final Counters workerCounters) {
        return streamSinks.make(worker, flows, events, workerCounters);
    }

    ClassifierContext classifier() {
        return classifier;
    }

    ActiveApplications applications() {
        return applications;
    }

    /** States of rules across flows. */
    int ruleStates() {
        return ruleStates;
    }

    /** Rules in force, or null. */
    ActiveRules rules() {
        return rules;
    }

    DetectionContext detection() {
        return detection;
    }

    /** What takes the matches of a worker. */
    MatchListener matchListener(final int worker, final FlowTable flows, final Classifier of, final EventRing events,
        final Counters workerCounters) {
        return matchListeners.make(worker, flows, of, events, workerCounters);
    }

    FrameTee tee() {
        return tee;
    }

    List<Counters> counters() {
        return counters;
    }

    boolean latency() {
        return latency;
    }

    Path latencyLog() {
        return latencyLog;
    }

    boolean pauses() {
        return pauses;
    }

    long latencyIntervalNs() {
        return latencyIntervalNs;
    }

    long statisticsIntervalNs() {
        return statisticsIntervalNs;
    }
}
