package io.weir.rule.compile;

import io.weir.protocol.Transaction;
import io.weir.rule.match.FlowNames;
import io.weir.rule.match.FlowVariables;
import io.weir.rule.model.Effect;
import java.util.ArrayList;
import java.util.List;

/** The effects of a rule, with names as numbers. Immutable. */
final class RuleEffects {
    private static final int SET = 0;
    private static final int UNSET = 1;
    private static final int TOGGLE = 2;

    private final List<Effect> handedOn = new ArrayList<>();
    private final int[] changes;
    private final int[] bits;
    private final int[] counters;
    private final char[] operators;
    private final int[] operandNames;
    private final long[] operands;
    /** Bits of the transaction. */
    private long toSet;
    private long toUnset;
    private long toToggle;
    private boolean stops;
    private boolean suppresses;

    RuleEffects(final List<Effect> effects, final FlowNames names) {
        final List<int[]> bitChanges = new ArrayList<>();
        final List<Effect.FlowInt> ints = new ArrayList<>();
        for (final Effect effect : effects) {
            if (effect instanceof Effect.FlowBits change) {
                final int kind = switch (change.change()) {
                    case SET -> SET;
                    case UNSET -> UNSET;
                    case TOGGLE -> TOGGLE;
                };
                change.names().stream().sorted().forEach(name -> bitChanges.add(new int[] {kind, names.number(name)}));
            } else if (effect instanceof Effect.TransactionBit change) {
                final long bit = 1L << names.ofTransactions(change.name());
                switch (change.change()) {
                    case SET -> toSet |= bit;
                    case UNSET -> toUnset |= bit;
                    case TOGGLE -> toToggle |= bit;
                }
            } else if (effect instanceof Effect.FlowInt change) {
                ints.add(change);
            } else if (effect instanceof Effect.StopInspecting) {
                stops = true;
            } else if (effect instanceof Effect.Suppress) {
                suppresses = true;
            } else {
                handedOn.add(effect);
            }
        }
        changes = bitChanges.stream().mapToInt(change -> change[0]).toArray();
        bits = bitChanges.stream().mapToInt(change -> change[1]).toArray();
        counters = ints.stream().mapToInt(change -> names.number(change.name())).toArray();
        operators = new char[ints.size()];
        operands = new long[ints.size()];
        operandNames = new int[ints.size()];
        for (int i = 0; i < operators.length; i++) {
            final Effect.FlowInt change = ints.get(i);
            operators[i] = change.operator();
            operands[i] = change.operand().constant();
            operandNames[i] = change.operand().isConstant() ? -1 : names.number(change.operand().variable());
        }
    }

    boolean changesVariables() {
        return bits.length + counters.length > 0;
    }

    void change(final FlowVariables variables) {
        for (int i = 0; i < bits.length; i++) {
            if (changes[i] == SET || changes[i] == TOGGLE && !variables.isSet(bits[i])) {
                variables.set(bits[i]);
            } else {
                variables.unset(bits[i]);
            }
        }
        for (int i = 0; i < counters.length; i++) {
            variables.change(counters[i], operators[i],
                operandNames[i] < 0 ? operands[i] : variables.value(operandNames[i]));
        }
    }

    void change(final Transaction transaction) {
        if ((toSet | toUnset | toToggle) != 0) {
            transaction.bits((transaction.bits() | toSet) & ~toUnset ^ toToggle);
        }
    }

    boolean stops() {
        return stops;
    }

    boolean suppresses() {
        return suppresses;
    }

    List<Effect> handedOn() {
        return handedOn;
    }
}
