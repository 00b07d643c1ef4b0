package io.weir.rule.explain;

import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import java.util.ArrayList;
import java.util.List;

/** Finds the rules that set what another one asks: bits and counters of flows, bits of transactions. */
public final class Setters {
    /** Keeps their numbers apart from those of stages. */
    private static final int GENERATORS = 1 << 16;

    private Setters() {
    }

    /**
     * The rules that change bits and counters, silent and with no other effect, if a rule asks for any; else none.
     *
     * @param all rules that are loaded
     */
    public static List<Rule> of(final Rule rule, final List<Rule> all) {
        final List<Rule> setters = new ArrayList<>();
        if (asksState(rule.condition())) {
            for (final Rule each : all) {
                final List<Effect> effects = each.effects().stream().filter(Setters::isState).toList();
                if (!effects.isEmpty()) {
                    final RuleId id = new RuleId(each.id().generator() + GENERATORS, each.id().signature(), 0);
                    setters.add(new Rule(id, Action.SILENT, each.header(), each.condition(), effects, List.of(),
                        each.scope(), each.metadata(), each.origin()));
                }
            }
        }
        return setters;
    }

    private static boolean isState(final Effect effect) {
        return effect instanceof Effect.FlowBits || effect instanceof Effect.FlowInt
            || effect instanceof Effect.TransactionBit;
    }

    private static boolean asksState(final Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().anyMatch(Setters::asksState);
        } else if (condition instanceof Condition.Any any) {
            return any.conditions().stream().anyMatch(Setters::asksState);
        } else if (condition instanceof Condition.Not not) {
            return asksState(not.condition());
        }
        return condition instanceof Condition.FlowBit || condition instanceof Condition.FlowInt
            || condition instanceof Condition.FlowIntDifference || condition instanceof Condition.TransactionBit;
    }
}
