package io.weir.rule.detect;

import io.weir.rule.compile.RuleSet;
import java.util.ArrayList;
import java.util.List;

/** The sets a worker uses: the one in force, and those that were replaced while streams go on with them. One worker. */
final class LoadedSets implements AutoCloseable {
    private final List<LoadedSet> replaced = new ArrayList<>();
    private volatile LoadedSet current;
    private int loaded;

    /** The one in force; readable by any thread. */
    LoadedSet current() {
        return current;
    }

    /**
     * Puts a set in force that the caller has retained. Allocates.
     *
     * @param timeNs engine time
     */
    void load(final RuleSet rules, final long timeNs) {
        final LoadedSet old = current;
        current = new LoadedSet(++loaded, rules);
        if (old == null) {
            return;
        }
        old.replacedNs = timeNs;
        if (old.flows == 0) {
            old.close();
        } else {
            replaced.add(old);
        }
    }

    /** The set of a key; null if it was let go of. */
    LoadedSet find(final int key) {
        final LoadedSet set = current;
        if (set.key == key) {
            return set;
        }
        for (int i = 0; i < replaced.size(); i++) {
            if (replaced.get(i).key == key) {
                return replaced.get(i);
            }
        }
        return null;
    }

    /** A flow does not use the set of a key any more, if there still is one. */
    void leave(final int key) {
        final LoadedSet set = key == 0 ? null : find(key);
        if (set != null && --set.flows == 0 && set != current) {
            replaced.remove(set);
            set.close();
        }
    }

    /** Lets go of those that were replaced before a time, whatever still uses them. */
    void expire(final long beforeNs) {
        while (!replaced.isEmpty() && replaced.get(0).replacedNs < beforeNs) {
            replaced.remove(0).close();
        }
    }

    @Override
    public void close() {
        current.close();
        replaced.forEach(LoadedSet::close);
        replaced.clear();
    }
}
