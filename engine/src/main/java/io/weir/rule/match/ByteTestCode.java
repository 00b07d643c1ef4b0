package io.weir.rule.match;

import io.weir.rule.model.Step.ByteTest;
import io.weir.rule.model.Step.Operator;
import java.util.Map;

/** Compares a number that the bytes hold. */
final class ByteTestCode extends StepCode {
    private final NumberReader reader;
    private final boolean negated;
    private final Operator operator;
    private final Operand value;

    ByteTestCode(final ByteTest test, final Map<String, Integer> slots) {
        reader = new NumberReader(test.reading(), slots);
        negated = test.negated();
        operator = test.operator();
        value = Operand.of(test.value(), slots);
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        return matching.pay(0) && reader.read(matching, in, place)
            && holds(matching.place().value, value.get(matching)) != negated && next.run(matching, in, place);
    }

    private boolean holds(final long read, final long given) {
        final int order = Long.compareUnsigned(read, given);
        return switch (operator) {
            case LESS -> order < 0;
            case GREATER -> order > 0;
            case EQUAL -> order == 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case AND -> (read & given) != 0;
            case XOR -> (read ^ given) != 0;
        };
    }

    @Override
    boolean isRelative() {
        return reader.isRelative();
    }
}
