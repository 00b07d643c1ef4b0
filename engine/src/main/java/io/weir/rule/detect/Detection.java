package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.event.FlowEvent;
import io.weir.flow.EndReason;
import io.weir.flow.FlowObserver;
import io.weir.flow.FlowBitNames;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.classify.Classifier;
import io.weir.reassembly.AnomalySink;
import io.weir.reassembly.StreamSink;
import io.weir.reassembly.TcpReassembler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.match.Subject;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.agrona.MutableDirectBuffer;

/**
 * Rules at work in one worker. Hears of frames, streams, transactions and what is odd, finds the rules that might match
 * and asks them.
 *
 * <p>For each frame: {@link #arrives}, then reassembly and classification, which call {@link #streams}, {@link #told}
 * and {@link #anomaly}, then {@link #onFrame}. Between two batches it {@link #refresh takes up} rules that were
 * reloaded; streams go on with those they began with, for at most {@link #MOST_AGE_NS}.
 *
 * <p>Until there is a first rule it {@link #isIdle() is idle}: it keeps nothing of flows, and frames need not be told,
 * so that a run without rules can have them later for next to nothing.
 */
public final class Detection implements TransactionListener, FlowObserver, AnomalySink, AutoCloseable {
    /** How long streams go on with rules that were replaced, in engine time. */
    public static final long MOST_AGE_NS = 60_000_000_000L;

    private final ActiveRules active;
    private final WindowMemory memory;
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final Verdicts verdicts;
    private final StreamInspection streams;
    private final FrameInspection frames;
    private final TransactionInspection transactions;
    private final LoadedSets sets = new LoadedSets();
    private AnomalySink anomalies;
    private final MatchListener listener;
    private final Classifier classifier;
    /** Takes streams that nobody wants, or null. */
    private LongConsumer cutOff;
    /** The listener wants to hear of frames and flows. */
    private boolean tellsFrames;
    private final Counters counters;
    private boolean idle = true;
    /** Numbers of the fields that rules ask for. */
    private BitSet wanted;
    /** Rules ask for what parsers tell. */
    private boolean listening;
    /** Key of the first set since which all fields that rules ask now were asked for. */
    private int askedSince;
    /** Rules look at what flows carry, so that what is kept of each is needed. */
    private boolean touches;
    /** Greatest handle of the flows that have begun while no line was kept of each; -1 if none has. */
    private long highest = -1;
    private long timeNs;
    private long touched;
    /** A frame of which nothing was told yet, or null. */
    private Frame coming;

    /**
     * Makes the detection of a worker.
     *
     * @param context      concluded; this one takes its share of the memory
     * @param active       the rules in force
     * @param table        the worker's flows
     * @param classifier   the worker's
     * @param applications names of applications by their numbers
     * @param listener     takes matches
     * @param counters     the worker's
     */
    public Detection(final DetectionContext context, final ActiveRules active, final FlowTable table,
        final Classifier classifier, final IntFunction<String> applications, final MatchListener listener,
        final Counters counters) {
        this.counters = counters;
        if (!context.isConcluded()) {
            throw new IllegalArgumentException("the context is not concluded");
        }
        this.active = active;
        this.listener = listener;
        this.classifier = classifier;
        memory = new WindowMemory(context.windowBytesPerWorker());
        flows = new RuleFlows(table.capacity(), context.flowsPerWorker(), memory, counters);
        facts = new WorkerFlows(table, classifier, applications);
        facts.connect(flows);
        subject = new Subject(facts);
        final Scan scan = new Scan();
        verdicts = new Verdicts(subject, flows, listener, counters);
        streams = new StreamInspection(context, flows, facts, subject, verdicts, scan, sets, counters);
        frames = new FrameInspection(flows, facts, subject, verdicts, scan, streams);
        transactions = new TransactionInspection(flows, facts, subject, verdicts, scan, streams, counters);
        subject.matching.prepareRegex();
        load(active.retain());
        listener.connect(this::writeFlowBits);
    }

    /** Writes the names of bits that are set in a flow: a {@link FlowBitNames}. */
    public int writeFlowBits(final long handle, final MutableDirectBuffer target, final int room) {
        final RuleFlow flow = idle ? null : flows.find(handle);
        int length = 0;
        for (int i = 0; flow != null && i < flow.variables.bitCount(); i++) {
            final byte[] name = sets.current().rules.names().name(flow.variables.bit(i));
            if (length + name.length < room) {
                target.putBytes(length, name);
                target.putByte(length + name.length, (byte) '\n');
                length += name.length + 1;
            }
        }
        return length;
    }

    private void load(final RuleSet set) {
        sets.load(set, timeNs);
        tellsFrames = listener.takeUp(set);
        if (!flows.isKeeping() && (set.watchesStreams() || set.traffic().asksAnything())) {
            flows.keep(highest);
            sealKept();
        }
        flows.forgetUnnamed();
        idle &= set.size() == 0;
        streams.idle(streams.isIdle() && !set.watchesStreams());
        streams.asksOdd(set.events().asksStreams());
        final boolean hadAll = listening && containsAll(wanted, set.transactions().wanted());
        listening = set.watchesParsers();
        wanted = set.transactions().wanted();
        askedSince = hadAll ? askedSince : sets.current().key;
        touches = set.watchesStreams() || set.traffic().asksPayload();
    }

    /** Notes which flows nobody looks into any more, of which nothing was kept while other rules were in force. */
    private void sealKept() {
        for (long handle = 0; !idle && handle <= highest; handle++) {
            if (facts.isSealed(handle)) {
                flows.addFlags(handle, RuleFlows.SEALED);
            }
        }
    }

    private static boolean containsAll(final BitSet before, final BitSet now) {
        final BitSet more = (BitSet) now.clone();
        more.andNot(before);
        return more.isEmpty();
    }

    /**
     * True if all was told of a transaction so far that rules ask; false of one that began before rules came that look
     * at more, or that was passed over for what other rules look for.
     */
    private boolean isAskable(final Transaction transaction) {
        if (transaction.asked() == sets.current().key || transaction.asked() >= askedSince
            && !transaction.isPassedOver(true) && !transaction.isPassedOver(false)) {
            return true;
        }
        counters.increment(Counter.RULE_MESSAGES_UNDER_WAY);
        return false;
    }

    /** True until there is a first rule: frames and marks need not be told. */
    public boolean isIdle() {
        return idle;
    }

    /** True while rules are awaited, so that frames pass that they would have been asked about. */
    public boolean isAwaiting() {
        return idle && active.isAwaited();
    }

    /**
     * Connects it with what puts streams together.
     *
     * @param reassembler is told of streams that nobody wants
     * @param cutOff      takes streams that neither rules nor the classifier want, or null if others do
     * @param next        hears of what is odd as well
     */
    public void connect(final TcpReassembler reassembler, final LongConsumer cutOff, final AnomalySink next) {
        facts.connect(reassembler);
        streams.connect(reassembler.history());
        anomalies = next;
        this.cutOff = cutOff;
        if (cutOff != null) {
            streams.cutOff(cutOff);
        }
    }

    /** Takes the streams; to be called before the classifier is. */
    public StreamSink streams() {
        return streams;
    }

    /** The classifier does not want a stream any more. */
    public void unwanted(final long stream) {
        streams.unwanted(stream);
    }

    /** Asks no more rules about what a flow carries. */
    public void giveUp(final long handle) {
        if (!idle) {
            flows.mute(handle, RuleFlows.STOPPED);
        }
    }

    /** True if rules look at neither of a flow's streams. */
    public boolean isOver(final long handle) {
        if (streams.isIdle()) {
            return true;
        }
        final int flags = flows.flags(handle);
        final int both = RuleFlows.UNWATCHED | RuleFlows.UNWATCHED << 1;
        return (flags & (RuleFlows.SILENT | RuleFlows.STOPPED | RuleFlows.SEALED)) != 0
            || (flags & both) == both;
    }

    /** Takes up rules that were reloaded. To be called between batches; allocates if there are any. */
    public void refresh() {
        if (active.current() != sets.current().rules) {
            load(active.retain());
        }
    }

    /** True if anything is to be fetched that rules keep of flows. */
    public boolean fetches() {
        return touches || !streams.isIdle();
    }

    /** Fetches what rules keep of a flow with streams, so that the cache misses of a batch overlap. */
    public void touch(final long handle, final Frame frame) {
        if (touches && frame.protocol == FlowProtocol.IP_TCP
            && (frame.payloadLength > 0 || (frame.tcpFlags & TcpFlags.FIN) != 0)) {
            touched += flows.touch(handle);
        }
    }

    /** Fetches where the bytes of a frame go that has payload; after {@link #touch} was called for the whole batch. */
    public void touchStream(final long handle, final Frame frame) {
        if (!streams.isIdle() && frame.protocol == FlowProtocol.IP_TCP) {
            touched += streams.touch(handle, frame);
        }
    }

    /** What {@link #touch} has read; keeps the compiler from leaving it out. */
    long touched() {
        return touched;
    }

    /**
     * True if rules may be asked of any frame, so that {@link #arrives} and {@link #onFrame} must be called for each;
     * else {@link #comes} and {@link #goes} do for plain frames of flows, and for others nothing.
     */
    public boolean asksFrames() {
        return tellsFrames || flows.isKeeping() || !streams.isIdle();
    }

    /** A plain frame of a flow arrives: it matters only if something is told of it. */
    public void comes(final Frame frame) {
        coming = frame;
    }

    /** All of a frame that has {@link #comes come} was put together and parsed. */
    public void goes(final long handle, final Frame frame) {
        if (coming == null) {
            onFrame(handle, frame);
        }
        coming = null;
    }

    /** Something of a frame is told. */
    private void arrive() {
        if (coming != null) {
            arrives(coming);
            coming = null;
        }
    }

    /** A frame arrives; its flow is known, and nothing else of it yet. */
    public void arrives(final Frame frame) {
        verdicts.begin();
        streams.arrives();
        timeNs = Math.max(timeNs, frame.timeNs);
        subject.timeNs = timeNs;
        subject.frame = frame;
        subject.anomalies = frame.anomalies;
    }

    /**
     * All of a frame was put together and parsed: asks the rules about it.
     *
     * @param handle its flow, or {@link FlowTable#NO_FLOW}
     */
    public void onFrame(final long handle, final Frame frame) {
        if (tellsFrames || !frames.isOver(sets.current(), handle, frame)) {
            inspect(handle, frame);
        } else if (streams.hasWorked()) {
            leave(handle);
        }
        subject.frame = null;
    }

    /** All that a frame has brought its flow's streams was looked at. */
    private void leave(final long handle) {
        streams.leave();
        if (streams.hasEnded()) {
            streams.close(handle);
        }
    }

    private void inspect(final long handle, final Frame frame) {
        frames.inspect(sets.current(), handle, frame);
        final boolean hasWorked = streams.hasWorked();
        if (hasWorked) {
            streams.leave();
        }
        if (verdicts.isStopped() && handle != FlowTable.NO_FLOW) {
            stop(handle, frame);
        }
        if (hasWorked && streams.hasEnded()) {
            streams.close(handle);
        }
        if (tellsFrames) {
            listener.worked(handle, frame);
        }
        subject.anomalies = 0;
        verdicts.begin();
    }

    /** Nothing more of a flow is to be looked at, a rule has said: its parser ends, and its streams are not kept. */
    private void stop(final long handle, final Frame frame) {
        classifier.giveUp(handle);
        if (cutOff != null && frame.protocol == FlowProtocol.IP_TCP) {
            cutOff.accept(handle << 1);
            cutOff.accept(handle << 1 | 1);
        }
    }

    /** A tick or the end of the trace comes, before flows end there. */
    public void onMark(final Frame mark) {
        verdicts.begin();
        timeNs = Math.max(timeNs, mark.timeNs);
        subject.timeNs = timeNs;
        sets.expire(timeNs - MOST_AGE_NS);
    }

    @Override
    public boolean wants(final Field field) {
        return wanted.get(field.id());
    }

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public int asking() {
        return sets.current().key;
    }

    @Override
    public boolean isLookingAtStreams() {
        return touches || listening || !streams.isIdle();
    }

    @Override
    public boolean passesOver(final long flow, final boolean byClient) {
        final LoadedSet set = sets.current();
        return !idle && set.rules.passesOver(byClient) && streams.messages().foundNothing(set, flow, byClient, true);
    }

    @Override
    public boolean asks(final long flow, final Transaction transaction, final boolean byClient) {
        return sets.current().rules.events().hasParsers()
            || transactions.asks(sets.current(), flow, transaction, byClient);
    }

    @Override
    public boolean wantsPassedOver() {
        return sets.current().rules.needsHeads();
    }

    @Override
    public boolean holds(final long flow, final Transaction transaction, final Field field, final long bytes) {
        if (streams.isIdle() || !streams.held().mayHold(flow, bytes)) {
            return false;
        }
        streams.held().begin(transaction, field, streams.held().serverStream(flow));
        return true;
    }

    @Override
    public boolean held(final long flow, final Transaction transaction, final boolean begins, final Bytes bytes) {
        return streams.held().take(transaction, begins ? -1 : streams.held().placeOf(flow, bytes), bytes.length());
    }

    @Override
    public void letGo(final Transaction transaction) {
        streams.held().letGo(transaction);
    }

    @Override
    public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
        arrive();
        if (listening && !flows.isMuted(flow)
            && !verdicts.isPassed() && isAskable(transaction)) {
            transactions.told(sets.current(), flow, protocol, transaction, stage);
        }
    }

    @Override
    public void piece(final long flow, final Transaction transaction, final boolean byClient, final Field field,
        final boolean begins, final Bytes bytes) {
        if (listening && !flows.isMuted(flow)
            && !transaction.isPassedOver(byClient)) {
            transactions.piece(sets.current(), transaction, byClient, field, begins, bytes);
        }
    }

    @Override
    public void event(final long flow, final Protocol protocol, final ProtocolEvent event, final Transaction of) {
        arrive();
        if (listening && !flows.isSilent(flow) && !verdicts.isPassed()) {
            transactions.reported(sets.current(), flow, protocol, event, of);
        }
    }

    @Override
    public void another(final long flow, final Protocol protocol, final boolean byClient) {
        final RuleFlow kept = idle ? null : flows.get(flow);
        if (kept != null) {
            kept.another(protocol, byClient);
        }
    }

    @Override
    public void turned(final long flow) {
        streams.turned(flow);
    }

    @Override
    public void anomaly(final long handle, final Frame frame, final Anomaly anomaly, final long streamOffset,
        final int length, final long keptHash, final long refusedHash) {
        arrive();
        subject.anomalies |= anomaly.bit();
        anomalies.anomaly(handle, frame, anomaly, streamOffset, length, keptHash, refusedHash);
    }

    @Override
    public void flowStarted(final long handle, final Frame first) {
        if (!flows.isKeeping()) {
            highest = Math.max(highest, handle);
        }
        if (idle) {
            return;
        }
        flows.start(handle);
        if (flows.isKeeping()) {
            flows.unnamed(handle, !sets.current().rules.traffic().glance(first.protocol)
                .names(first.lowerPort, first.upperPort));
        }
        if (tellsFrames) {
            listener.flowStarted(handle);
        }
    }

    @Override
    public void flowEnding(final long handle, final EndReason reason, final long sequence) {
        if (idle) {
            return;
        }
        if (!streams.isIdle()) {
            streams.flush(handle);
            sets.leave(flows.set(handle));
            streams.close(handle);
        }
        flows.end(handle);
        if (tellsFrames) {
            listener.flowEnding(handle, sequence);
        }
        verdicts.begin();
    }

    @Override
    public void describe(final long handle, final FlowEvent event) {
        if (tellsFrames) {
            listener.describe(handle, event);
        }
    }

    /** What the rules in force cost here. Any thread; begins anew with each reload. */
    public RuleCosts costs() {
        return sets.current().costs;
    }

    /** The rules these are the costs of. */
    public RuleSet rules() {
        return sets.current().rules;
    }

    /** Bytes of the last parts of streams that are kept. */
    public long windowBytes() {
        return memory.inUse();
    }

    @Override
    public void close() {
        sets.close();
        subject.fields.close();
        flows.close();
        memory.close();
        listener.ended();
    }
}
