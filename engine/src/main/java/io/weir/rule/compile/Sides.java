package io.weir.rule.compile;

import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Direction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Takes rules apart that ask one thing of one side or another of the other: each is asked when that side spoke. */
final class Sides {
    private Sides() {
    }

    /** Conditions of which one must hold, each of one side; the condition itself if it is not of that kind. */
    static List<Condition> of(final Condition condition) {
        if (condition instanceof Condition.All all) {
            for (final Condition part : all.conditions()) {
                if (part instanceof Condition.Any any && isOnePerSide(any)) {
                    final List<Condition> sides = new ArrayList<>();
                    for (final Condition side : any.conditions()) {
                        final List<Condition> parts = new ArrayList<>(all.conditions());
                        parts.set(parts.indexOf(part), side);
                        sides.add(new Condition.All(parts));
                    }
                    return sides;
                }
            }
        }
        return List.of(condition);
    }

    private static boolean isOnePerSide(final Condition.Any any) {
        final Set<Direction> sides = EnumSet.noneOf(Direction.class);
        for (final Condition part : any.conditions()) {
            final Direction side = Needs.of(part).direction;
            if (side == null || !sides.add(side)) {
                return false;
            }
        }
        return any.conditions().size() > 1;
    }
}
