package io.weir.rule.detect;

import io.weir.rule.compile.RuleSet;
import io.weir.rule.model.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule set that is in force. Whoever reloads replaces it; workers take it up between two batches. Any thread.
 *
 * <p>It owns the set: closing it, or replacing the set, lets go of it, and its memory is freed once no worker uses it.
 */
public final class ActiveRules implements AutoCloseable {
    /** Sets whose rules matches may still name: a reload is long over before that many others have come. */
    private static final int KNOWN = 16;

    private volatile RuleSet current;
    private volatile List<RuleSet> known;
    private volatile boolean awaited;

    /** Begins with a set. */
    public ActiveRules(final RuleSet first) {
        this(first, false);
    }

    /**
     * The same.
     *
     * @param awaited true if the set only holds the place of one that is being loaded
     */
    public ActiveRules(final RuleSet first, final boolean awaited) {
        first.beginDatasets();
        current = first;
        known = List.of(first);
        this.awaited = awaited;
    }

    /** True until the set that was announced at the beginning is in force. */
    public boolean isAwaited() {
        return awaited;
    }

    /** What a rule of a set says, by both numbers; null if the set was replaced too often since. */
    public Rule rule(final int set, final int rule) {
        final List<RuleSet> sets = known;
        for (int i = sets.size() - 1; i >= 0; i--) {
            if (sets.get(i).number() == set) {
                return sets.get(i).rule(rule);
            }
        }
        return null;
    }

    /** The set in force, for as long as nobody replaces it. */
    public RuleSet current() {
        return current;
    }

    /** Puts another one in force. */
    public synchronized void replace(final RuleSet next) {
        next.beginDatasets();
        final RuleSet old = current;
        final List<RuleSet> longer = new ArrayList<>();
        longer.addAll(known.subList(Math.max(0, known.size() - KNOWN + 1), known.size()));
        longer.add(next);
        known = List.copyOf(longer);
        current = next;
        awaited = false;
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
