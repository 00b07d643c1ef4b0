package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener.Stage;
import io.weir.rule.compile.CompiledRule;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.TransactionIndex;
import io.weir.rule.compile.TransactionIndex.BufferGroup;
import io.weir.rule.match.Input;
import io.weir.rule.match.Subject;
import io.weir.rule.match.TransactionFields;
import io.weir.rule.match.TransformScratch;
import io.weir.rule.model.Condition;

/** Asks rules of transactions, each at the stage at which all it asks for is told. One worker. */
final class TransactionInspection {
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Subject subject;
    private final Verdicts verdicts;
    private final Scan scan;
    private final StreamInspection streams;
    private final Counters counters;
    private final ValuePieces pieces;
    private final TransactionGlance glance;
    private final Input value = new Input();
    private final Bytes target = new Bytes();
    private final TransformScratch scratch = new TransformScratch();

    TransactionInspection(final RuleFlows flows, final WorkerFlows facts, final Subject subject,
        final Verdicts verdicts, final Scan scan, final StreamInspection streams, final Counters counters) {
        this.counters = counters;
        this.flows = flows;
        this.facts = facts;
        this.subject = subject;
        this.verdicts = verdicts;
        this.scan = scan;
        this.streams = streams;
        pieces = new ValuePieces(scan);
        glance = new TransactionGlance(pieces);
    }

    /** A piece of a value is about to be added to a transaction. */
    void piece(final LoadedSet set, final Transaction transaction, final boolean byClient, final Field field,
        final boolean begins, final Bytes bytes) {
        pieces.take(set, transaction, byClient, field, begins, bytes);
    }

    /** A transaction has come to a stage. */
    void told(final LoadedSet set, final long flow, final Protocol protocol, final Transaction transaction,
        final Stage stage) {
        final int before = transaction.mark();
        final int now = before | switch (stage) {
            case CLIENT -> TransactionIndex.CLIENT;
            case SERVER -> TransactionIndex.SERVER;
            // what one side told alone is nothing that rules about the other are asked of
            case CLOSED -> TransactionIndex.CLOSED | (transaction.isByServer() ? TransactionIndex.SERVER
                : transaction.isByClient() ? TransactionIndex.CLIENT : TransactionIndex.BOTH);
        };
        transaction.mark(now);
        final TransactionIndex index = set.rules.transactions();
        final int passed = transaction.isPassedOver(true) || transaction.isPassedOver(false)
            ? passed(set, flow, transaction, now & ~before) : 0;
        final int due = due(index, protocol, transaction, before, stage == Stage.CLOSED, passed);
        if (due == 0) {
            return;
        }
        if ((due & ~(1 << TransactionIndex.CLIENT)) != 0) {
            if (transaction.isHolding(false)) {
                streams.held().tell(transaction);
            }
            transaction.tellLater();
        }
        if (!glance.mayBeAsked(set, transaction, protocol, due, due & ~passed)) {
            return;
        }
        subject.flow = flow;
        subject.protocol = protocol;
        final RuleFlow kept = flows.find(flow);
        subject.variables = kept == null ? null : kept.variables;
        subject.fields.read(transaction, index.fieldsById());
        gather(set, index, due, due & ~passed, transaction, protocol);
        if (!set.ofTransaction.isEmpty()) {
            ask(set, flow, transaction);
            set.ofTransaction.clear();
        }
        subject.fields.clear();
        subject.protocol = null;
        streams.windows().blur();
    }

    /** True if a rule may be asked of a transaction from now on, one of whose messages is passed over. */
    boolean asks(final LoadedSet set, final long flow, final Transaction transaction, final boolean byClient) {
        if (byClient || !streams.messages().foundNothing(set, flow, false, false)) {
            return true;
        }
        final TransactionIndex index = set.rules.transactions();
        boolean asks = false;
        for (int stage = TransactionIndex.CLIENT; stage < TransactionIndex.STAGES; stage++) {
            asks |= index.hasUngated(stage) && (transaction.mark() & stage) != stage;
        }
        return asks || !transaction.isPassedOver(true) && (transaction.mark() & TransactionIndex.CLIENT) == 0;
    }

    /** Which of the stages reached now are those of messages in which no gated rule finds anything: a bit for each. */
    private int passed(final LoadedSet set, final long flow, final Transaction transaction, final int reached) {
        int passed = 0;
        for (int stage = TransactionIndex.CLIENT; stage <= TransactionIndex.SERVER; stage++) {
            final boolean ofClient = stage == TransactionIndex.CLIENT;
            if ((reached & stage) != 0 && transaction.isPassedOver(ofClient)
                && streams.messages().foundNothing(set, flow, ofClient, false)) {
                passed |= 1 << stage;
                counters.increment(Counter.RULE_MESSAGES_PASSED_OVER);
            }
        }
        return passed;
    }

    /** The stages whose rules are to be asked now: a bit for each. */
    private int due(final TransactionIndex index, final Protocol protocol, final Transaction transaction,
        final int before, final boolean closed, final int passed) {
        // at the end of what one side told alone, rules about both are asked as well
        final int reached = reached(transaction.mark()) | (closed ? 1 << TransactionIndex.BOTH : 0);
        int due = reached & ~reached(before) & index.stages(protocol, transaction.type());
        for (int left = due & passed; left != 0; left &= left - 1) {
            if (!index.hasUngated(Integer.numberOfTrailingZeros(left), transaction, target)) {
                due &= ~Integer.lowestOneBit(left);
            }
        }
        return due;
    }

    /** The stages that a mark says were reached: a bit for each. */
    private static int reached(final int mark) {
        final int both = (mark & TransactionIndex.BOTH) == TransactionIndex.BOTH ? 1 << TransactionIndex.BOTH : 0;
        return (mark & TransactionIndex.CLIENT) << 1
            | (mark & TransactionIndex.SERVER) << 1 | (mark & TransactionIndex.CLOSED) << 2 | both;
    }

    private void gather(final LoadedSet set, final TransactionIndex index, final int due, final int open,
        final Transaction transaction, final Protocol protocol) {
        scan.begin(set.scanner);
        final TransactionFields fields = subject.fields;
        for (int i = 0; i < fields.count(); i++) {
            final BufferGroup[] groups = index.of(fields.field(i));
            if (groups != null) {
                final boolean isDone = pieces.foundNothing(set, transaction, fields.sides(i), fields.field(i).id());
                for (final BufferGroup group : groups) {
                    if ((group.sides() & fields.sides(i)) != 0) {
                        gather(set, group, due, open, i, isDone && group.transforms().isNone());
                    }
                }
            }
        }
        scan.run();
        for (int left = due; left != 0; left &= left - 1) {
            final int stage = Integer.numberOfTrailingZeros(left);
            set.ofTransaction.addAll(index.always(stage));
            final int[] ofProtocol = index.always(stage, protocol);
            if (ofProtocol != null) {
                set.ofTransaction.addAll(ofProtocol);
            }
        }
    }

    private void gather(final LoadedSet set, final BufferGroup group, final int due, final int open, final int index,
        final boolean isDone) {
        for (int left = due; left != 0; left &= left - 1) {
            final int stage = Integer.numberOfTrailingZeros(left);
            gather(set, group, group.stage(stage), index, isDone);
            if ((open >>> stage & 1) != 0) {
                // of what was passed over first nothing was scanned
                gather(set, group, group.gated(stage), index, isDone);
            }
        }
    }

    private void gather(final LoadedSet set, final BufferGroup group, final PatternGroup rules, final int index,
        final boolean isDone) {
        if (rules != null) {
            set.ofTransaction.addAll(rules.always());
            if (rules.database() != null && !isDone) {
                final Input bytes = group.transforms().apply(subject.fields.wrap(index, value), scratch,
                    subject.matching);
                scan.add(rules, bytes.buffer(), bytes.length(), 0, set.ofTransaction);
            }
        }
    }

    private void ask(final LoadedSet set, final long flow, final Transaction transaction) {
        final FlowView view = facts.view(flow);
        final boolean clientIsUpper = view.initiatorIsUpper();
        subject.endpointsOf(view, clientIsUpper);
        subject.toServer = true;
        payload(flow, clientIsUpper);
        for (int rule = set.ofTransaction.next(0); rule != Candidates.NONE && !verdicts.isPassed();
            rule = set.ofTransaction.next(rule + 1)) {
            final CompiledRule compiled = set.rules.compiled(rule);
            final boolean either = compiled.stage() == TransactionIndex.CLOSED && compiled.direction() == null;
            turn(flow, isToServer(compiled, transaction));
            if (either && !compiled.header().holds(subject)) {
                turn(flow, !subject.toServer);
            }
            verdicts.ask(set, rule, transaction);
        }
    }

    private static boolean isToServer(final CompiledRule rule, final Transaction transaction) {
        if (rule.direction() != null) {
            return rule.direction() == Condition.Direction.TO_SERVER;
        }
        return rule.stage() == TransactionIndex.CLOSED ? !transaction.isByServer()
            : rule.stage() == TransactionIndex.CLIENT;
    }

    private void turn(final long flow, final boolean toServer) {
        if (subject.toServer != toServer) {
            subject.turn();
            payload(flow, facts.initiatorIsUpper(flow) == toServer);
        }
    }

    private void payload(final long flow, final boolean ofUpper) {
        final Frame frame = subject.frame;
        if (subject.ipProtocol == FlowProtocol.IP_TCP) {
            streams.payloadOf(flow, ofUpper ? 1 : 0);
        } else if (frame != null && frame.fromUpper == ofUpper && frame.payloadLength > 0) {
            subject.payload.wrap(frame.address + frame.payloadOffset, frame.payloadLength);
            subject.fromStream = false;
            subject.missing = 0;
        } else {
            subject.payload.clear();
        }
    }

    /** A parser has reported something odd, of a transaction or, if that is null, of the flow. */
    void reported(final LoadedSet set, final long flow, final Protocol protocol, final ProtocolEvent event,
        final Transaction of) {
        final int[] rules = set.rules.events().of(event);
        if (set.rules.keepsReports()) {
            final RuleFlow kept = flows.get(flow);
            if (kept != null) {
                kept.reported(event);
            }
        }
        if (rules.length == 0) {
            return;
        }
        facts.reporting(event);
        subject.flow = flow;
        subject.protocol = protocol;
        final RuleFlow kept = flows.find(flow);
        subject.variables = kept == null ? null : kept.variables;
        final FlowView view = facts.view(flow);
        final boolean fromUpper = subject.frame == null ? view.initiatorIsUpper() : subject.frame.fromUpper;
        subject.endpointsOf(view, fromUpper);
        subject.toServer = fromUpper == view.initiatorIsUpper();
        payload(flow, fromUpper);
        // what is odd about an exchange concerns both sides, whichever shows it
        final boolean ofBoth = of != null && !of.isByServer() && !of.isByClient();
        for (final int rule : rules) {
            if (!verdicts.isPassed() && !verdicts.ask(set, rule, of) && ofBoth && !verdicts.isPassed()) {
                subject.turn();
                payload(flow, !fromUpper);
                verdicts.ask(set, rule, of);
                subject.turn();
                payload(flow, fromUpper);
            }
        }
        facts.reporting(null);
        subject.payload.clear();
        subject.protocol = null;
        subject.flow = FlowTable.NO_FLOW;
    }
}
