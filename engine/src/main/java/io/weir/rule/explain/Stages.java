package io.weir.rule.explain;

import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a rule into stages: its header alone, then with one condition more each, steps of a buffer one by one. Run side
 * by side over a capture, the first stage that never matches has the condition that stopped the rule, and the stage
 * before it tells on which frames.
 */
public final class Stages {
    private final Rule rule;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Condition> kept = new ArrayList<>();

    private Stages(final Rule rule) {
        this.rule = rule;
    }

    /** The stages of a rule, the whole rule last. Their identifiers are 1, 2 and so on. */
    public static List<Stage> of(final Rule rule) {
        final Stages stages = new Stages(rule);
        stages.add(ConditionText.of(rule.header()));
        final List<Condition> conditions = new ArrayList<>();
        flatten(rule.condition(), conditions);
        // what asks no bytes first, as the engine does: the rest would only hide it
        for (final Condition condition : conditions) {
            if (!(condition instanceof BufferCondition)) {
                stages.kept.add(condition);
                stages.add(ConditionText.of(condition));
            }
        }
        for (final Condition condition : conditions) {
            if (condition instanceof BufferCondition buffer) {
                stages.steps(buffer);
            }
        }
        return stages.stages;
    }

    private static void flatten(final Condition condition, final List<Condition> to) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(part -> flatten(part, to));
        } else {
            to.add(condition);
        }
    }

    private void steps(final BufferCondition buffer) {
        final List<Step> steps = new ArrayList<>();
        for (final Step step : buffer.steps()) {
            steps.add(step);
            final BufferCondition partial = new BufferCondition(buffer.buffer(), buffer.transforms(), steps);
            kept.add(partial);
            add(buffer.buffer().name() + ": " + ConditionText.of(step),
                buffer.buffer().level() != Buffer.Level.TRANSACTION);
            if (steps.size() < buffer.steps().size()) {
                kept.remove(kept.size() - 1);
            }
        }
    }

    private void add(final String text) {
        add(text, false);
    }

    private void add(final String text, final boolean ofPayload) {
        final RuleId id = new RuleId(1, stages.size() + 1L, 0);
        stages.add(new Stage(text, new Rule(id, Action.ALERT, rule.header(), new Condition.All(kept), List.of(),
            List.of(), Rule.Scope.EACH, rule.metadata(), rule.origin()), ofPayload));
    }
}
