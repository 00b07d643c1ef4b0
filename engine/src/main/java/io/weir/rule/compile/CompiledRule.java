package io.weir.rule.compile;

import io.weir.protocol.Transaction;
import io.weir.rule.match.Check;
import io.weir.rule.match.FlowVariables;
import io.weir.rule.match.HeaderCheck;
import io.weir.rule.match.Subject;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import java.util.List;

/** A rule as workers ask it. Immutable; any thread. */
public final class CompiledRule {
    /** For what a rule matches once at most. */
    public enum Once {
        /** For nothing. */
        NEVER,
        /** For each side of a flow, if it is asked again whenever more of the flow is known. */
        SIDE,
        /** For each flow. */
        FLOW
    }

    private final int number;
    private final Rule rule;
    private final HeaderCheck header;
    private final Check applications;
    private final Check condition;
    private final Condition.Direction direction;
    private final boolean asksDirection;
    private final int stage;
    private final boolean triggered;
    private final RuleEffects effects;
    private final Once once;
    private final boolean passesFlow;
    private final long key;
    private final boolean announced;

    CompiledRule(final int number, final Rule rule, final Check applications, final Check condition,
        final Condition.Direction direction, final boolean asksDirection, final int stage,
        final boolean triggered, final RuleEffects effects, final boolean passesFlow, final boolean ofRecognition) {
        this.number = number;
        this.rule = rule;
        header = new HeaderCheck(rule.header());
        this.applications = applications;
        this.condition = condition;
        this.direction = direction;
        this.asksDirection = asksDirection;
        this.stage = stage;
        this.triggered = triggered;
        this.effects = effects;
        once = rule.scope() == Rule.Scope.FLOW ? Once.FLOW : ofRecognition && !isPass() ? Once.SIDE : Once.NEVER;
        this.passesFlow = passesFlow;
        announced = rule.acrossFlows().stream().anyMatch(AcrossFlows.Announced.class::isInstance);
        key = (long) rule.id().generator() << 40 ^ rule.id().signature();
    }

    /** Its number in its rule set. */
    public int number() {
        return number;
    }

    /** What was compiled. */
    public Rule rule() {
        return rule;
    }

    /** Direction it is about, or null. */
    public Condition.Direction direction() {
        return direction;
    }

    /** True if it asks which side speaks, even if it may hold of either. */
    public boolean asksDirection() {
        return asksDirection;
    }

    /** Stage of transactions at which it is asked: {@link TransactionIndex#CLIENT} and so on; 0 if it is not. */
    public int stage() {
        return stage;
    }

    /** True if something must be found before it is asked; else it is always asked. */
    public boolean isTriggered() {
        return triggered;
    }

    /** True if header, applications and condition hold. */
    public boolean matches(final Subject subject) {
        return header.holds(subject) && (applications == null || applications.holds(subject))
            && (condition == null || condition.holds(subject)) && !subject.matching.isExhausted();
    }

    /** The check of its header. */
    public HeaderCheck header() {
        return header;
    }

    /** The check of its applications; null if it is about any. */
    public Check applications() {
        return applications;
    }

    /** The check of its condition; null if nothing is asked. */
    public Check condition() {
        return condition;
    }

    /** True if it lets traffic pass unseen by the rules behind it. */
    public boolean isPass() {
        return rule.action() == Action.PASS;
    }

    /** True if, being a pass rule, it lets the whole flow pass, not a frame. */
    public boolean passesFlow() {
        return passesFlow;
    }

    /** True if its matches are told: it makes alerts, or asks something across flows. */
    public boolean isTold() {
        return !isPass() && (rule.action() != Action.SILENT || !rule.acrossFlows().isEmpty());
    }

    /** True if it makes alerts. */
    public boolean isAlert() {
        return !isPass() && rule.action() != Action.SILENT;
    }

    /** True if its matches count only in flows that others have announced, which the aggregator knows. */
    public boolean isOfAnnounced() {
        return announced;
    }

    /** For what it matches once at most. */
    public Once once() {
        return once;
    }

    /** The same for the same rule of another set. */
    public long key() {
        return key;
    }

    /** True if a match changes bits or counters of the flow. */
    public boolean changesVariables() {
        return effects.changesVariables();
    }

    /** Changes bits and counters of the flow. */
    public void change(final FlowVariables variables) {
        effects.change(variables);
    }

    /** Changes bits of the transaction that it has matched. */
    public void change(final Transaction transaction) {
        effects.change(transaction);
    }

    /** True if the flow's content is not looked at any more after a match. */
    public boolean stopsInspecting() {
        return effects.stops();
    }

    /** True if rules are not asked about the flow any more after a match. */
    public boolean suppresses() {
        return effects.suppresses();
    }

    /** What others do when it matches: tags, labels, captures. */
    public List<Effect> handedOn() {
        return effects.handedOn();
    }
}
