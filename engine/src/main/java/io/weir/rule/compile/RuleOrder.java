package io.weir.rule.compile;

import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import java.util.Comparator;

/**
 * The order in which rules are asked: by action; then those that set flow bits before those that ask them, and the same
 * of counters; then by severity; the rest in the order of loading, since sorting is stable.
 */
final class RuleOrder {
    static final Comparator<Rule> ORDER = Comparator.comparingInt(RuleOrder::action)
        .thenComparingInt(RuleOrder::bits).thenComparingInt(RuleOrder::counters)
        .thenComparingInt(rule -> rule.metadata().severity());

    private RuleOrder() {
    }

    private static int action(final Rule rule) {
        return rule.action() == Action.SILENT ? Action.ALERT.ordinal() : rule.action().ordinal();
    }

    private static int bits(final Rule rule) {
        return rank(rule.effects().stream().anyMatch(RuleOrder::isOfBits),
            asks(rule.condition(), Condition.FlowBit.class) || asks(rule.condition(), Condition.TransactionBit.class));
    }

    private static boolean isOfBits(final Effect effect) {
        return effect instanceof Effect.FlowBits || effect instanceof Effect.TransactionBit;
    }

    private static int counters(final Rule rule) {
        return rank(rule.effects().stream().anyMatch(Effect.FlowInt.class::isInstance),
            asks(rule.condition(), Condition.FlowInt.class)
                || asks(rule.condition(), Condition.FlowIntDifference.class));
    }

    private static int rank(final boolean sets, final boolean asks) {
        if (sets) {
            return asks ? 1 : 0;
        }
        return asks ? 2 : 3;
    }

    private static boolean asks(final Condition condition, final Class<? extends Condition> type) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().anyMatch(part -> asks(part, type));
        } else if (condition instanceof Condition.Any any) {
            return any.conditions().stream().anyMatch(part -> asks(part, type));
        } else if (condition instanceof Condition.Not not) {
            return asks(not.condition(), type);
        }
        return type.isInstance(condition);
    }
}
