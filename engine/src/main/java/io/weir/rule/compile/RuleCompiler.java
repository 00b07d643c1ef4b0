package io.weir.rule.compile;

import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.compile.PatternGroups.About;
import io.weir.rule.compile.TrafficIndex.Occasion;
import io.weir.rule.match.Check;
import io.weir.rule.match.CheckCompiler;
import io.weir.rule.match.Expressions;
import io.weir.rule.match.FlowNames;
import io.weir.rule.match.PublicSuffixes;
import io.weir.rule.match.Reputations;
import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Header;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Traffic;
import io.weir.rule.pattern.PatternLibrary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Turns rules into a {@link RuleSet}. One for an engine, kept for reloads: names of flow bits and data sets mean the
 * same in all sets it compiles. One thread at a time; not for the packet path.
 */
public final class RuleCompiler {
    /** Heap of a rule with its checks, on average over real signatures; the indexes are counted apart. */
    private static final long HEAP_BYTES_OF_RULE = 1_200;

    private final PatternLibrary library;
    private Reputations reputations = Reputations.NONE;
    private PublicSuffixes suffixes = PublicSuffixes.NONE;
    private final FlowNames names = new FlowNames();
    private final Datasets datasets = new Datasets();
    private boolean filters = true;

    /**
     * Makes a compiler that knows no reputations and no suffixes.
     *
     * @param library finds patterns
     */
    public RuleCompiler(final PatternLibrary library) {
        this.library = library;
    }

    /** Sets what sets that are compiled from now on know of addresses. */
    public RuleCompiler reputations(final Reputations value) {
        reputations = value;
        return this;
    }

    /** Sets what sets that are compiled from now on know of names. */
    public RuleCompiler suffixes(final PublicSuffixes value) {
        suffixes = value;
        return this;
    }

    /** Whether patterns choose which rules are asked. Default true; else every rule is asked wherever it may match. */
    public RuleCompiler filters(final boolean value) {
        filters = value;
        return this;
    }

    /**
     * Writes the data sets that rules have changed to the files they are to be saved in. While workers go on, what they
     * change meanwhile is written the next time. Any thread.
     *
     * @return what went wrong
     */
    public List<String> saveDatasets() {
        return datasets.save();
    }

    /** How many data sets it holds: those that rules name which are not freed yet, or that are still to be saved. */
    int datasets() {
        return datasets.size();
    }

    /**
     * Compiles rules.
     *
     * @throws IllegalArgumentException if one cannot be compiled, with its place and the reason
     */
    public RuleSet compile(final List<Rule> rules) {
        return compile(rules, (rule, reason) -> {
            throw new IllegalArgumentException(rule.origin() + ": rule " + rule.id() + ": " + reason);
        });
    }

    /**
     * Compiles rules.
     *
     * @param refused takes each rule that cannot be compiled, which is left out, and the reason
     */
    public RuleSet compile(final List<Rule> rules, final BiConsumer<Rule, String> refused) {
        final List<Rule> ordered = new ArrayList<>(rules);
        ordered.sort(RuleOrder.ORDER);
        datasets.begin();
        names.begin();
        final Work work = new Work();
        for (final Rule rule : ordered) {
            try {
                for (final Condition condition : Sides.of(ordered(rule.condition()))) {
                    work.add(rule, condition);
                }
            } catch (final IllegalArgumentException e) {
                refused.accept(rule, e.getMessage());
            }
        }
        return work.finish();
    }

    /** One compilation. */
    private final class Work {
        private final List<CompiledRule> compiled = new ArrayList<>();
        private final TrafficIndex.Builder traffic = new TrafficIndex.Builder();
        private final TransactionIndex.Builder transactions = new TransactionIndex.Builder();
        private final Gate gate = new Gate();
        private final EventIndex.Builder events = new EventIndex.Builder();
        private final Expressions expressions = new Expressions(suffixes);
        private final List<Integer> framePasses = new ArrayList<>();
        private boolean keepsReports;
        private boolean watchesAll;

        private void add(final Rule rule, final Condition condition) {
            final CheckCompiler checks = new CheckCompiler(names, datasets::of, reputations, expressions);
            final List<Protocol> protocols = rule.header().traffic().applications();
            final Check applications =
                protocols.isEmpty() ? null : checks.compile(new Condition.Application(protocols, false));
            final Check check = checks.compile(condition);
            final Needs needs = Needs.of(condition);
            if (!needs.transaction && needs.events.isEmpty()
                && rule.effects().stream().anyMatch(Effect.TransactionBit.class::isInstance)) {
                throw new IllegalArgumentException("the rule asks nothing of a transaction whose bit it could change");
            }
            final List<Trigger> triggers = !filters ? null
                : needs.transaction ? Triggers.of(condition, Buffer.Level.TRANSACTION, expressions)
                : needs.payload ? Triggers.of(condition, Buffer.Level.PAYLOAD, expressions) : null;
            final int number = compiled.size();
            final Occasion occasion = occasion(rule, needs);
            final boolean ofFrames = occasion == Occasion.FRAME || occasion == Occasion.PACKET;
            compiled.add(new CompiledRule(number, rule, applications, check, needs.direction, needs.asksDirection,
                needs.transaction ? stage(needs) : 0, triggers != null, new RuleEffects(rule.effects(), names),
                !ofFrames, occasion == Occasion.RECOGNITION));
            transactions.want(needs.fields);
            if (needs.transaction) {
                keepsReports |= !needs.events.isEmpty();
                events.note(needs.events);
                watchesAll |= needs.payload;
                transactions.add(number, stage(needs), triggers, protocols,
                    gate.takes(needs, triggers, stage(needs)), TargetLengths.of(condition));
            } else if (!needs.events.isEmpty()) {
                events.add(number, needs.events, Protocols.all());
            } else if (needs.payload) {
                addPayload(number, triggers, rule, needs, condition);
            } else {
                traffic.add(occasion, new PatternGroups.Entry(number, null), rule.header(), needs.direction, true,
                    true);
                if (rule.action() == Action.PASS && occasion == Occasion.FRAME) {
                    framePasses.add(number);
                }
            }
        }

        /**
         * A rule about payload. Over TCP, segments are looked at near their beginning if the rule asks for something
         * there; else they are looked for in the stream that they are part of, and alone only if they are not.
         */
        private void addPayload(final int number, final List<Trigger> triggers, final Rule rule, final Needs needs,
            final Condition condition) {
            final Traffic.Payload asked = rule.header().traffic().payload();
            final boolean packetOnly =
                asked == Traffic.Payload.PACKET || needs.frame || Boolean.FALSE.equals(needs.stream);
            final boolean streamOnly = asked == Traffic.Payload.STREAM || Boolean.TRUE.equals(needs.stream);
            final boolean ofSegments = packetOnly || needs.places && !streamOnly;
            final PatternGroups.Entry entry = new PatternGroups.Entry(number, triggers);
            if (!streamOnly) {
                addPayload(Occasion.PACKET, entry, rule, needs, false);
            }
            final List<Trigger> near = Triggers.near(condition, triggers);
            final boolean far = ofSegments && triggers != null && near == null;
            if (far) {
                addPayload(Occasion.SEGMENT, entry, rule, needs, true);
            } else if (ofSegments) {
                addPayload(Occasion.PACKET, new PatternGroups.Entry(number, near), rule, needs, true);
            }
            if (far || !packetOnly) {
                addPayload(Occasion.STREAM, new PatternGroups.Entry(number, triggers, !far ? About.WHOLE
                    : packetOnly ? About.SEGMENT : About.BOTH), rule, needs, true);
            }
        }

        private void addPayload(final Occasion occasion, final PatternGroups.Entry entry, final Rule rule,
            final Needs needs, final boolean tcp) {
            traffic.add(occasion, entry, rule.header(), needs.direction, tcp, !tcp);
        }

        private void addGate(final boolean client) {
            if (gate.isOpen(client)) {
                traffic.add(Occasion.STREAM, new PatternGroups.Entry(-1, gate.patterns(client), About.GATE),
                    Header.ANY, Gate.direction(client), true, false);
            }
        }

        private RuleSet finish() {
            final PatternGroups groups = new PatternGroups(library);
            addGate(true);
            addGate(false);
            final TrafficIndex builtTraffic;
            final TransactionIndex builtTransactions;
            try {
                builtTraffic = traffic.build(groups);
                builtTransactions = transactions.build(groups, expressions);
                groups.compile();
            } catch (final RuntimeException e) {
                groups.databases().forEach(io.weir.rule.pattern.PatternDatabase::close);
                throw e;
            }
            final Datasets.Use used = datasets.use();
            final long heapBytes = compiled.size() * HEAP_BYTES_OF_RULE + groups.heapBytes() + used.heapBytes();
            return new RuleSet(compiled.toArray(new CompiledRule[0]), names, names.use(), builtTraffic,
                builtTransactions, events.build(), PatternGroups.array(framePasses), keepsReports, watchesAll, gate,
                library, groups.databases(), heapBytes, used);
        }
    }

    /** Conditions that are cheap to ask come first; buffers keep their order, since variables pass between them. */
    private static Condition ordered(final Condition condition) {
        final List<Condition> parts = new ArrayList<>();
        flatten(condition, parts);
        parts.sort(Comparator.comparingInt(RuleCompiler::cost));
        return new Condition.All(parts);
    }

    private static void flatten(final Condition condition, final List<Condition> to) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(part -> flatten(part, to));
        } else if (condition != null) {
            to.add(condition);
        }
    }

    private static int cost(final Condition condition) {
        if (condition instanceof Condition.BufferCondition || condition instanceof Condition.Absent
            || condition instanceof Condition.Any || condition instanceof Condition.Not) {
            return 1;
        }
        return 0;
    }

    private static int stage(final Needs needs) {
        if (needs.whole) {
            return TransactionIndex.CLOSED;
        }
        int stage = (needs.client ? TransactionIndex.CLIENT : 0) | (needs.server ? TransactionIndex.SERVER : 0);
        if (needs.either || stage == 0) {
            if (needs.direction == null) {
                return TransactionIndex.CLOSED;
            }
            stage |= needs.direction == Condition.Direction.TO_SERVER ? TransactionIndex.CLIENT
                : TransactionIndex.SERVER;
        }
        return stage;
    }

    /** When a rule is asked; of rules about transactions and payload, whether it is about single frames. */
    private static Occasion occasion(final Rule rule, final Needs needs) {
        if (needs.transaction || needs.payload || !needs.events.isEmpty()) {
            return needs.payload && needs.frame && !needs.transaction ? Occasion.PACKET : Occasion.STREAM;
        }
        final boolean anyPort = rule.header().source().ports().isAny() && rule.header().destination().ports().isAny()
            || rule.scope() == Rule.Scope.FLOW;
        final boolean applications = !rule.header().traffic().applications().isEmpty();
        if (needs.recognition && !needs.frame && !needs.flowBits && !needs.changing || applications && !needs.anything
            && rule.scope() == Rule.Scope.FLOW) {
            return Occasion.RECOGNITION;
        }
        return needs.firstFrame || !needs.anything && !applications && anyPort ? Occasion.FIRST_FRAME : Occasion.FRAME;
    }
}
