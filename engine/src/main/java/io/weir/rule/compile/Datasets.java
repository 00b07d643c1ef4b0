package io.weir.rule.compile;

import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of named sets. Those that are saved, or come from no file, are kept over reloads; others are loaded anew
 * with each, since their files may have changed. What no compiled rules name any more is let go, once it is saved.
 * One thread loads; any other uses, saves and lets go.
 */
final class Datasets {
    private final Map<String, Known> sets = new ConcurrentHashMap<>();
    /** Those that the rules that are being compiled name. */
    private final Map<String, Known> named = new HashMap<>();

    /** A set and its values. */
    private static final class Known {
        private final Dataset set;
        private final ValueSet values;
        /** How many compiled rule sets name it; changed where {@link #sets} is. */
        private int users;

        Known(final Dataset set, final ValueSet values) {
            this.set = set;
            this.values = values;
        }
    }

    /** The sets that rules compiled together name; closed when they are freed, by any thread. */
    final class Use implements AutoCloseable {
        private final List<Known> used = List.copyOf(named.values());

        private Use() {
            for (final Known known : used) {
                sets.compute(known.set.name(), (name, before) -> {
                    known.users++;
                    return known;
                });
            }
        }

        /** True if rules change one of them. */
        boolean isChanging() {
            return used.stream().anyMatch(known -> known.values.isMutable());
        }

        long heapBytes() {
            return used.stream().mapToLong(known -> known.values.heapBytes()).sum();
        }

        @Override
        public void close() {
            for (final Known known : used) {
                sets.computeIfPresent(known.set.name(), (name, now) -> {
                    known.users--;
                    // what may have to be saved first stays until it is
                    return now == known && known.users == 0 && known.set.save() == null ? null : now;
                });
            }
        }
    }

    /** Other rules are about to be compiled. */
    void begin() {
        named.clear();
    }

    /**
     * The values of a set, loaded from its file if it is new.
     *
     * @throws IllegalArgumentException if the file cannot be read or has a line that is no value, with the reason
     */
    ValueSet of(final Dataset dataset) {
        Known known = named.get(dataset.name());
        if (known == null) {
            known = sets.get(dataset.name());
            final boolean lasts = dataset.load() == null || dataset.save() != null;
            if (known == null || !lasts) {
                known = new Known(dataset, new ValueSet(dataset.limit(), dataset.bytes()));
                if (dataset.load() != null && (!dataset.load().equals(dataset.save())
                    || Files.exists(dataset.load()))) {
                    DatasetFile.load(dataset, known.values);
                }
            }
            named.put(dataset.name(), known);
        }
        return known.values;
    }

    /** Takes the sets that were named since {@link #begin} into use. */
    Use use() {
        return new Use();
    }

    /** How many are held. */
    int size() {
        return sets.size();
    }

    /**
     * Writes the sets that rules have changed to their files, and lets those go that are in use no more.
     *
     * @return what went wrong, and which sets had no room for all values
     */
    List<String> save() {
        final List<String> faults = new ArrayList<>();
        for (final Known known : sets.values()) {
            if (known.values.refused() > 0) {
                faults.add("data set " + known.set.name() + ": " + known.values.refused()
                    + " values found no room in its " + known.set.limit() + " places and " + known.set.bytes()
                    + " bytes");
            }
            if (known.set.save() != null) {
                save(known, faults);
            }
        }
        return faults;
    }

    private void save(final Known known, final List<String> faults) {
        // asked first: what is in use no more does not change any more
        final boolean[] unused = new boolean[1];
        sets.computeIfPresent(known.set.name(), (name, now) -> {
            unused[0] = now == known && known.users == 0;
            return now;
        });
        if (known.values.takeChanged()) {
            try {
                DatasetFile.write(known.set, known.values.values());
            } catch (final IOException e) {
                known.values.giveBackChanged();
                faults.add("data set " + known.set.name() + " cannot be written: " + e);
                return;
            }
        }
        if (unused[0]) {
            sets.computeIfPresent(known.set.name(), (name, now) -> now == known && known.users == 0 ? null : now);
        }
    }
}
