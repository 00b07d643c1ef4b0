package io.weir.rule.match;

import io.weir.rule.model.Condition;
import java.util.List;

/** Checks made of others. */
final class LogicChecks {
    private LogicChecks() {
    }

    /** All must hold, or one must. */
    static final class Several extends Check {
        private final Check[] parts;
        private final boolean all;

        Several(final Condition condition, final List<Check> parts, final boolean all) {
            super(condition);
            this.parts = parts.toArray(new Check[0]);
            this.all = all;
        }

        @Override
        public boolean holds(final Subject subject) {
            for (final Check part : parts) {
                if (part.holds(subject) != all) {
                    return !all;
                }
            }
            return all;
        }
    }

    /** The other one must not hold. */
    static final class Not extends Check {
        private final Check other;

        Not(final Condition condition, final Check other) {
            super(condition);
            this.other = other;
        }

        @Override
        public boolean holds(final Subject subject) {
            // what could not be asked to the end holds neither way
            return !other.holds(subject) && !subject.matching.isExhausted();
        }
    }
}
