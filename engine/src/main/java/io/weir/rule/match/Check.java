package io.weir.rule.match;

import io.weir.rule.model.Condition;

/** A compiled condition. Immutable; any thread. */
public abstract class Check {
    private final Condition condition;

    /** Makes the check of a condition. */
    Check(final Condition condition) {
        this.condition = condition;
    }

    /** What it checks. */
    public final Condition condition() {
        return condition;
    }

    /** True if the condition holds; allocates nothing. */
    public abstract boolean holds(Subject subject);
}
