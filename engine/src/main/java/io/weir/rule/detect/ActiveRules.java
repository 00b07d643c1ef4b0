package io.weir.rule.detect;

import io.weir.rule.compile.RuleSet;

/**
 * The rule set that is in force. Whoever reloads replaces it; workers take it up between two batches. Any thread.
 *
 * <p>It owns the set: closing it, or replacing the set, lets go of it, and its memory is freed once no worker uses it.
 */
public final class ActiveRules implements AutoCloseable {
    private volatile RuleSet current;

    /** Begins with a set. */
    public ActiveRules(final RuleSet first) {
        current = first;
    }

    /** The set in force, for as long as nobody replaces it. */
    public RuleSet current() {
        return current;
    }

    /** Puts another one in force. */
    public synchronized void replace(final RuleSet next) {
        final RuleSet old = current;
        current = next;
        old.close();
    }

    /** The set in force, retained. */
    RuleSet retain() {
        RuleSet set = current;
        while (!set.retain()) {
            // replaced and freed between both steps
            set = current;
        }
        return set;
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
