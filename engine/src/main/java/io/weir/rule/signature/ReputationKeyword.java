package io.weir.rule.signature;

import io.weir.rule.match.Reputations;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Reputation.ReputationOf;
import io.weir.rule.model.NumberSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code iprep:SIDE,CATEGORY,OPERATOR,SCORE}, or {@code isset} or {@code isnotset} in place of the last two. */
final class ReputationKeyword {
    private static final Map<String, ReputationOf> SIDES = Map.of("any", ReputationOf.ANY, "src", ReputationOf.SOURCE,
        "dst", ReputationOf.DESTINATION, "both", ReputationOf.BOTH);
    private static final Set<String> OPERATORS = Set.of("<", "<=", ">", ">=", "=");
    private static final NumberSet ALL = NumberSet.between(0, Reputations.MOST);

    private ReputationKeyword() {
    }

    static void addTo(final KeywordTable table) {
        table.add("iprep", "Reputation of an address, from rules.reputations.", ReputationKeyword::add);
    }

    private static void add(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(4);
        if (parts.size() < 3 || parts.get(1).isEmpty()) {
            throw RejectedException.error("iprep needs side, category, operator and score: iprep:dst,CnC,>,30");
        }
        final String side = parts.get(0).toLowerCase(Locale.ROOT);
        final ReputationOf of = SIDES.get(side);
        if (of == null) {
            throw RejectedException.unknown("iprep has no side " + Option.shown(side), side, SIDES.keySet());
        }
        final String operator = parts.get(2);
        switch (operator) {
            case "isset" -> draft.conditions.add(new Condition.Reputation(of, parts.get(1), ALL));
            case "isnotset" -> draft.conditions.add(
                new Condition.Not(new Condition.Reputation(contrary(of), parts.get(1), ALL)));
            default -> {
                if (!OPERATORS.contains(operator) || parts.size() < 4) {
                    throw RejectedException.unknown("iprep has no operator " + Option.shown(operator), operator,
                        List.of("isset", "isnotset"));
                }
                draft.conditions.add(new Condition.Reputation(of, parts.get(1),
                    Numbers.compare(operator, Numbers.number(parts.get(3), 0, Reputations.MOST))));
            }
        }
    }

    /** Of whom nothing may be known for the other to hold. */
    private static ReputationOf contrary(final ReputationOf of) {
        return of == ReputationOf.ANY ? ReputationOf.BOTH : of == ReputationOf.BOTH ? ReputationOf.ANY : of;
    }
}
