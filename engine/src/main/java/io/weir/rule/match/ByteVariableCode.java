package io.weir.rule.match;

import io.weir.rule.model.Step.ByteExtract;
import io.weir.rule.model.Step.ByteMath;
import java.util.Map;

/** Keeps a number that the bytes hold, or what is calculated from it, as a variable. */
final class ByteVariableCode extends StepCode {
    private final NumberReader reader;
    private final char operator;
    private final Operand operand;
    private final long multiplier;
    private final int align;
    private final int slot;

    ByteVariableCode(final ByteExtract extract, final Map<String, Integer> slots) {
        reader = new NumberReader(extract.reading(), slots);
        operator = 0;
        operand = null;
        multiplier = extract.multiplier();
        align = extract.align();
        slot = Operand.slot(extract.name(), slots);
    }

    ByteVariableCode(final ByteMath math, final Map<String, Integer> slots) {
        reader = new NumberReader(math.reading(), slots);
        operator = math.operator();
        operand = Operand.of(math.operand(), slots);
        multiplier = 1;
        align = 0;
        slot = Operand.slot(math.name(), slots);
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        if (!matching.pay(0) || !reader.read(matching, in, place)) {
            return false;
        }
        final Matching.NumberPlace read = matching.place();
        long value = read.value;
        if (operand != null) {
            final long other = operand.get(matching);
            if (operator == '/' && other == 0) {
                return false;
            }
            value = calculate(value, other);
        }
        value *= Math.max(1, multiplier);
        if (align > 1 && value % align != 0) {
            value += align - value % align;
        }
        final int end = read.at + read.length;
        matching.variable(slot, value);
        return next.run(matching, in, end);
    }

    private long calculate(final long value, final long other) {
        return switch (operator) {
            case '+' -> value + other;
            case '-' -> value - other;
            case '*' -> value * other;
            case '/' -> Long.divideUnsigned(value, other);
            case '<' -> other >= Long.SIZE || other < 0 ? 0 : value << other;
            case '>' -> other >= Long.SIZE || other < 0 ? 0 : value >>> other;
            default -> value;
        };
    }

    @Override
    boolean isRelative() {
        return reader.isRelative();
    }

    @Override
    boolean setsPlace() {
        return !reader.isRelative();
    }
}
