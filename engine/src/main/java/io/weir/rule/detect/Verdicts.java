package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.flow.FlowTable;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.CompiledRule;
import io.weir.rule.compile.CompiledRule.Once;
import io.weir.rule.match.Subject;
import io.weir.rule.model.Effect;
import java.util.List;

/** Asks candidates, and does what rules that match ask for. One worker. */
final class Verdicts {
    private final Subject subject;
    private final RuleFlows flows;
    private final MatchListener listener;
    private final Counters counters;
    private int told;
    private int toldOfAnnounced;
    private boolean passed;
    private boolean stopped;
    private boolean passesAsked;
    /** Something of the above was set. */
    private boolean used;

    Verdicts(final Subject subject, final RuleFlows flows, final MatchListener listener, final Counters counters) {
        this.subject = subject;
        this.flows = flows;
        this.listener = listener;
        this.counters = counters;
    }

    /** A new frame, tick or end of a flow begins. */
    void begin() {
        if (used) {
            forget();
        }
    }

    private void forget() {
        used = false;
        told = 0;
        toldOfAnnounced = 0;
        passed = false;
        stopped = false;
        passesAsked = false;
    }

    /** True if a rule has matched, or those that let frames pass by their headers were asked. */
    boolean isUsed() {
        return used;
    }

    /** True if a rule has said that nothing more of the frame's flow is to be looked at. */
    boolean isStopped() {
        return stopped;
    }

    /** True if a rule has let the frame or its flow pass: no other is asked any more. */
    boolean isPassed() {
        return passed;
    }

    /** Asks a rule about the subject; true if it matches. */
    boolean ask(final LoadedSet set, final int number, final Transaction transaction) {
        final CompiledRule rule = set.rules.compiled(number);
        subject.matching.begin();
        subject.transaction = transaction;
        final boolean matches;
        if (set.costs.asked(number)) {
            final long beginNs = System.nanoTime();
            matches = rule.matches(subject);
            set.costs.took(number, System.nanoTime() - beginNs);
        } else {
            matches = rule.matches(subject);
        }
        if (subject.matching.isExhausted()) {
            counters.increment(Counter.RULE_STEPS_EXCEEDED);
            return false;
        }
        return matches && accept(set, rule, transaction);
    }

    private boolean accept(final LoadedSet set, final CompiledRule rule, final Transaction transaction) {
        used = true;
        if (!rule.isPass() && isPassedByHeader(set) || rule.once() != Once.NEVER && !isFirst(rule)) {
            return false;
        }
        counters.increment(Counter.RULE_MATCHES);
        set.costs.matched(rule.number());
        if (rule.changesVariables() && subject.flow != FlowTable.NO_FLOW) {
            final RuleFlow flow = flows.get(subject.flow);
            if (flow != null) {
                rule.change(flow.variables);
                subject.variables = flow.variables;
                counters.add(Counter.RULE_VARIABLES_REFUSED, flow.variables.takeRefused());
            }
        }
        if (transaction != null) {
            rule.change(transaction);
        }
        if (rule.isPass()) {
            passed = true;
            if (rule.passesFlow()) {
                silence(RuleFlows.SILENT);
            }
            return true;
        }
        if (rule.stopsInspecting()) {
            stopped = true;
            silence(RuleFlows.STOPPED);
        }
        if (rule.suppresses()) {
            silence(RuleFlows.SILENT);
        }
        tell(set, rule, transaction);
        return true;
    }

    private void tell(final LoadedSet set, final CompiledRule rule, final Transaction transaction) {
        final List<Effect> effects = rule.handedOn();
        for (int i = 0; i < effects.size(); i++) {
            listener.effect(set.rules, rule.number(), effects.get(i), subject.flow, subject.frame);
        }
        if (!rule.isTold()) {
            return;
        }
        if (rule.isAlert() && isOverLimit(rule)) {
            counters.increment(Counter.RULE_ALERTS_OVER_LIMIT);
            return;
        }
        listener.matched(set.rules, rule.number(), subject.flow, subject.frame, transaction, subject.protocol,
            subject.toServer, subject.payload.buffer(), 0, subject.payload.length(), subject.fromStream,
            subject.missing);
    }

    /** Matches that may come to nothing take no alert's place. */
    private boolean isOverLimit(final CompiledRule rule) {
        return (rule.isOfAnnounced() ? ++toldOfAnnounced : ++told) > DetectionContext.ALERTS_OF_FRAME;
    }

    private void silence(final int flag) {
        if (subject.flow != FlowTable.NO_FLOW) {
            flows.mute(subject.flow, flag);
        }
    }

    private boolean isFirst(final CompiledRule rule) {
        if (subject.flow == FlowTable.NO_FLOW) {
            return true;
        }
        final boolean ofSide = rule.once() == Once.SIDE;
        final long key = ofSide && subject.toServer ? ~rule.key() : rule.key();
        final RuleFlow flow = flows.get(subject.flow);
        if (ofSide && (flow == null || flow.isFull())) {
            // rather twice than not at all: nobody may silence these by as many flows or matches as are kept
            return flow == null || !flow.hasMatched(key);
        }
        if (flow == null) {
            return false;
        }
        final boolean full = flow.isFull();
        final boolean first = flow.matchesFirst(key);
        if (!first && full) {
            counters.increment(Counter.RULE_VARIABLES_REFUSED);
        }
        return first;
    }

    /**
     * Rules that let frames pass by their headers come before all others, but transactions are told in the middle of a
     * frame: so these rules are asked when the first other one matches.
     */
    private boolean isPassedByHeader(final LoadedSet set) {
        if (!passesAsked && subject.frame != null) {
            passesAsked = true;
            for (final int number : set.rules.framePasses()) {
                final CompiledRule pass = set.rules.compiled(number);
                subject.matching.begin();
                if (pass.matches(subject)) {
                    passed = true;
                    break;
                }
            }
        }
        return passed;
    }
}
