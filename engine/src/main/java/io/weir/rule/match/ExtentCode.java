package io.weir.rule.match;

import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step.IsDataAt;
import java.util.Map;

/** Steps about how many bytes there are. */
final class ExtentCode {
    private ExtentCode() {
    }

    /** Holds if there are bytes at a place: the one with that index, or so many behind the step before. */
    static final class DataAt extends StepCode {
        private final Operand offset;
        private final boolean relative;
        private final boolean negated;

        DataAt(final IsDataAt step, final Map<String, Integer> slots) {
            offset = Operand.of(step.offset(), slots);
            relative = step.relative();
            negated = step.negated();
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            final long at = offset.get(matching);
            final boolean there = relative ? place + at <= in.length() : at < in.base() + in.length();
            return there != negated && next.run(matching, in, place);
        }

        @Override
        boolean isRelative() {
            return relative;
        }
    }

    /** Holds if there are as many bytes as is accepted. */
    static final class Length extends StepCode {
        private final NumberSet lengths;

        Length(final NumberSet lengths) {
            this.lengths = lengths;
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            return lengths.contains(in.base() + in.length()) && next.run(matching, in, place);
        }
    }
}
