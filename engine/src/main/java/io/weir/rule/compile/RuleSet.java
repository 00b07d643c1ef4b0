package io.weir.rule.compile;

import io.weir.flow.FlowProtocol;
import io.weir.rule.match.FlowNames;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternDatabase;
import io.weir.rule.pattern.PatternLibrary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Compiled rules, in the order in which they are asked. Immutable and shared by all workers.
 *
 * <p>Its native memory is freed when the last one who {@link #retain retains} it has let go: the one who made it by
 * {@link #close}, workers by {@link #release}.
 */
public final class RuleSet implements AutoCloseable {
    /** Longest pattern that is looked for: longer ones are looked for by a part. */
    public static final int MAX_PATTERN = 32;

    private static final AtomicInteger MADE = new AtomicInteger();

    private final int number = MADE.incrementAndGet();
    private final CompiledRule[] rules;
    private final FlowNames names;
    private final FlowNames.Use namesUsed;
    private final TrafficIndex traffic;
    private final TransactionIndex transactions;
    private final EventIndex events;
    private final int[] framePasses;
    private final boolean keepsReports;
    private final boolean watchesAll;
    private final Gate gate;
    private final PatternLibrary library;
    private final List<PatternDatabase> databases;
    private final long heapBytes;
    private final Map<String, Integer> labels;
    private final boolean handsOn;
    private final boolean captures;
    private final Datasets.Use datasets;
    private final AtomicInteger holders = new AtomicInteger(1);
    private boolean closed;

    RuleSet(final CompiledRule[] rules, final FlowNames names, final FlowNames.Use namesUsed,
        final TrafficIndex traffic, final TransactionIndex transactions, final EventIndex events,
        final int[] framePasses, final boolean keepsReports, final boolean watchesAll, final Gate gate,
        final PatternLibrary library,
        final List<PatternDatabase> databases, final long heapBytes, final Datasets.Use datasets) {
        this.rules = rules;
        this.names = names;
        this.namesUsed = namesUsed;
        this.traffic = traffic;
        this.transactions = transactions;
        this.events = events;
        this.framePasses = framePasses;
        this.keepsReports = keepsReports;
        this.watchesAll = watchesAll;
        this.gate = gate;
        this.library = library;
        this.databases = List.copyOf(databases);
        this.heapBytes = heapBytes;
        this.datasets = datasets;
        final List<Effect> handedOn = Arrays.stream(rules).flatMap(rule -> rule.handedOn().stream()).toList();
        handsOn = !handedOn.isEmpty();
        captures = handedOn.stream().anyMatch(Effect.Capture.class::isInstance);
        labels = handedOn.stream().filter(Effect.Label.class::isInstance).map(effect -> ((Effect.Label) effect).word())
            .distinct().collect(Collectors.toMap(word -> word, names::number));
    }

    /** Number of this set in this process. */
    public int number() {
        return number;
    }

    /** Names of flow bits and counters, and labels. */
    public FlowNames names() {
        return names;
    }

    /** Number of a label of these rules among the {@link #names names}. */
    public int label(final String word) {
        return labels.get(word);
    }

    /** True if a rule captures, tags or labels. */
    public boolean handsOn() {
        return handsOn;
    }

    /** True if rules change data sets, which outlive the set. */
    public boolean changesDatasets() {
        return datasets.isChanging();
    }

    /**
     * Takes the data sets as these rules describe them. Whoever puts the rules in force calls it first; until then
     * those in force keep theirs. A second call does nothing. Any thread, one at a time.
     */
    public void beginDatasets() {
        datasets.begin();
    }

    /** True if a rule captures. */
    public boolean captures() {
        return captures;
    }

    /** How many rules there are. */
    public int size() {
        return rules.length;
    }

    /** What a rule says, by its number. */
    public Rule rule(final int number) {
        return rules[number].rule();
    }

    /** A rule, by its number. */
    public CompiledRule compiled(final int number) {
        return rules[number];
    }

    /** Rules asked of frames and payload. */
    public TrafficIndex traffic() {
        return traffic;
    }

    /** Rules asked of transactions. */
    public TransactionIndex transactions() {
        return transactions;
    }

    /** Rules asked when something odd is seen. */
    public EventIndex events() {
        return events;
    }

    /** Rules that let single frames or flows pass by what their headers say; not to be changed. */
    public int[] framePasses() {
        return framePasses;
    }

    /** True if rules about transactions ask what parsers have reported before. */
    public boolean keepsReports() {
        return keepsReports;
    }

    /** True if rules about transactions ask payload too, so that the last bytes of all streams are kept. */
    public boolean watchesAll() {
        return watchesAll;
    }

    /** True if rules look at streams. */
    public boolean watchesStreams() {
        return watchesAll || traffic.asks(TrafficIndex.Occasion.STREAM, FlowProtocol.IP_TCP);
    }

    /** True if rules ask for what parsers tell. */
    public boolean watchesParsers() {
        return keepsReports || transactions.hasRules() || events.hasParsers();
    }

    /** True if messages of a side may be passed over where nothing is found in the stream. */
    public boolean passesOver(final boolean client) {
        return gate.isOpen(client);
    }

    /** True if rules ask for headers of messages that are passed over. */
    public boolean needsHeads() {
        return gate.needsHeads();
    }

    /** What its databases were compiled with. */
    public PatternLibrary library() {
        return library;
    }

    /** Its databases. */
    public List<PatternDatabase> databases() {
        return databases;
    }

    /** Bytes of native memory. */
    public long nativeBytes() {
        return databases.stream().mapToLong(PatternDatabase::bytes).sum();
    }

    /** Bytes of heap, estimated. */
    public long heapBytes() {
        return heapBytes;
    }

    /** Keeps it from being freed; false if it was already. */
    public boolean retain() {
        int before = holders.get();
        while (before > 0) {
            if (holders.compareAndSet(before, before + 1)) {
                return true;
            }
            before = holders.get();
        }
        return false;
    }

    /** Lets go of what was retained; the last one frees it. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            databases.forEach(PatternDatabase::close);
            datasets.close();
            namesUsed.close();
        }
    }

    /** True once its native memory was freed. */
    public boolean isFreed() {
        return holders.get() == 0;
    }

    /** Lets go of it as the one who made it; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}
