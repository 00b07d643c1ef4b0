package io.weir.rule.match;

import io.weir.rule.model.Value;
import java.util.Map;

/** A number that a rule gives, or the place where one is kept that an earlier step has read. */
final class Operand {
    private final long constant;
    private final int slot;

    private Operand(final long constant, final int slot) {
        this.constant = constant;
        this.slot = slot;
    }

    /**
     * Resolves a value; null stays null.
     *
     * @param slots of the rule's variables; a name that no step reads gets a slot of its own, which stays 0
     */
    static Operand of(final Value value, final Map<String, Integer> slots) {
        if (value == null) {
            return null;
        }
        return value.isConstant() ? new Operand(value.constant(), -1)
            : new Operand(0, slot(value.variable(), slots));
    }

    /** Where a variable of a rule is kept. */
    static int slot(final String name, final Map<String, Integer> slots) {
        final int slot = slots.computeIfAbsent(name, key -> slots.size());
        if (slot >= Matching.VARIABLES) {
            throw new IllegalArgumentException("a rule has at most " + Matching.VARIABLES + " variables");
        }
        return slot;
    }

    long get(final Matching matching) {
        return slot < 0 ? constant : matching.variable(slot);
    }
}
