package io.weir.rule.compile;

import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values of named sets. Those that are saved, or come from no file, are kept over reloads, with the files and
 * limits that the rules in force say; others are loaded anew with each, since their files may have changed. What no
 * compiled rules name any more is let go, once it is saved. One thread loads; any other uses, saves and lets go.
 */
final class Datasets {
    /** By name, those of the rules in force, and those of older ones that they do not name; locked. */
    private final Map<String, Known> sets = new HashMap<>();
    /** Those whose names mean other values by now, which streams may still change; locked. */
    private final List<Known> replaced = new ArrayList<>();
    /** What went wrong since it was last told; locked. */
    private final List<String> untold = new ArrayList<>();
    /** Those that the rules that are being compiled name. */
    private final Map<String, Named> named = new HashMap<>();

    /** A set and its values. */
    private static final class Known {
        private final ValueSet values;
        private volatile Dataset set;
        /** How many compiled rule sets name it; locked. */
        private int users;

        Known(final Dataset set, final ValueSet values) {
            this.set = set;
            this.values = values;
        }

        boolean isUnused() {
            return users == 0;
        }
    }

    /**
     * A set as the rules that are being compiled describe it.
     *
     * @param known its values
     * @param set   what it is to be once they are in use
     * @param more  values of a file that it did not begin with, or null
     */
    private record Named(Known known, Dataset set, ValueSet more) {
    }

    /** The sets that rules compiled together name; closed when they are freed, by any thread. */
    final class Use implements AutoCloseable {
        private final List<Named> used;
        private boolean begun;

        private Use(final List<Named> used) {
            this.used = used;
        }

        /**
         * Takes the sets as the rules describe them, which are in force from now on: until then nothing has changed
         * for those in force before. A second call does nothing. Any thread, one at a time.
         */
        void begin() {
            if (!begun) {
                begun = true;
                used.forEach(Datasets.this::take);
            }
        }

        /** True if rules change one of them. */
        boolean isChanging() {
            return used.stream().anyMatch(each -> each.known.values.isMutable());
        }

        long heapBytes() {
            return used.stream().mapToLong(each -> each.known.values.heapBytes()).sum();
        }

        @Override
        public void close() {
            synchronized (sets) {
                for (final Named each : used) {
                    final Known known = each.known;
                    known.users--;
                    // what may have to be saved first stays until it is
                    if (known.isUnused() && known.set.save() == null) {
                        letGo(known);
                    }
                }
            }
        }
    }

    /** Other rules are about to be compiled. */
    void begin() {
        named.clear();
    }

    /**
     * The values of a set, loaded from its file if it is new. What it is replaced by reads what it has written.
     *
     * @throws IllegalArgumentException if the file cannot be read or has a line that is no value, with the reason
     */
    ValueSet of(final Dataset dataset) {
        Named known = named.get(dataset.name());
        if (known == null) {
            known = named(dataset);
            named.put(dataset.name(), known);
        }
        return known.known.values;
    }

    private Named named(final Dataset dataset) {
        final Known before;
        final List<Known> older;
        synchronized (sets) {
            before = sets.get(dataset.name());
            older = replaced.stream().filter(known -> isSavedLike(known, dataset)).toList();
        }
        // what streams have added since is in the file before it is read
        older.forEach(this::write);
        final boolean begunAlike = before != null && Objects.equals(before.set.load(), dataset.load());
        final boolean keeps = before != null && before.set.type() == dataset.type() && lasts(before.set)
            && lasts(dataset) && (begunAlike || before.values.isMutable());
        if (keeps && begunAlike) {
            return new Named(before, dataset, null);
        }
        if (before != null && !keeps) {
            write(before);
        }
        for (final Known known : keeps ? List.<Known>of() : older) {
            if (known.set.name().equals(dataset.name()) && known.set.type() == dataset.type()
                && Objects.equals(known.set.load(), dataset.load())) {
                return new Named(known, dataset, null);
            }
        }
        final ValueSet values = new ValueSet(dataset.limit(), dataset.bytes());
        if (dataset.load() != null && (!dataset.load().equals(dataset.save()) || Files.exists(dataset.load()))) {
            DatasetFile.load(dataset, values);
        }
        return keeps ? new Named(before, dataset, values) : new Named(new Known(dataset, values), dataset, null);
    }

    private static boolean isSavedLike(final Known known, final Dataset set) {
        return set.save() != null && set.save().equals(known.set.save());
    }

    private static boolean lasts(final Dataset set) {
        return set.load() == null || set.save() != null;
    }

    /** The sets that were named since {@link #begin}; they stay as they are until the use {@link Use#begin begins}. */
    Use use() {
        final List<Named> used = List.copyOf(named.values());
        synchronized (sets) {
            used.forEach(each -> each.known.users++);
        }
        return new Use(used);
    }

    private void take(final Named each) {
        final Known known = each.known;
        if (!Objects.equals(known.set.save(), each.set.save())) {
            write(known);
        }
        synchronized (sets) {
            final Known before = sets.put(each.set.name(), known);
            // of those that are saved in one file, that in force is
            replaced.removeIf(older -> older == known || isSavedLike(older, each.set));
            if (before != null && before != known && before.values.isMutable() && before.set.save() != null
                && !before.set.save().equals(each.set.save())) {
                replaced.add(before);
            }
        }
        describe(each);
    }

    /** Takes files and limits over, and what a file has that the set did not begin with. */
    private static void describe(final Named named) {
        final ValueSet values = named.known.values;
        final Dataset before = named.known.set;
        values.limits(named.set.limit(), named.set.bytes());
        if (named.more != null) {
            for (final byte[] value : named.more.values()) {
                values.add(value);
            }
        }
        named.known.set = named.set;
        if (!Objects.equals(before.save(), named.set.save()) && values.isMutable()) {
            values.giveBackChanged();
        }
    }

    /** How many are held. */
    int size() {
        synchronized (sets) {
            return sets.size() + replaced.size();
        }
    }

    /**
     * Writes the sets that rules have changed to their files, and lets those go that are in use no more.
     *
     * @return what went wrong, and which sets had no room for all values
     */
    List<String> save() {
        final List<String> faults;
        final List<Known> all;
        // found first: what is in use no more does not change any more
        final List<Known> unused = new ArrayList<>();
        synchronized (sets) {
            faults = new ArrayList<>(untold);
            untold.clear();
            all = new ArrayList<>(sets.values());
            all.addAll(replaced);
            all.stream().filter(Known::isUnused).forEach(unused::add);
        }
        for (final Known known : all) {
            if (known.values.refused() > 0) {
                faults.add("data set " + known.set.name() + ": " + known.values.refused()
                    + " values found no room in its " + known.set.limit() + " places and " + known.set.bytes()
                    + " bytes");
            }
            final String fault = written(known);
            if (fault != null) {
                faults.add(fault);
                unused.remove(known);
            }
        }
        synchronized (sets) {
            unused.stream().filter(Known::isUnused).forEach(this::letGo);
        }
        return faults;
    }

    private void letGo(final Known known) {
        sets.remove(known.set.name(), known);
        replaced.remove(known);
    }

    private void write(final Known known) {
        final String fault = written(known);
        if (fault != null) {
            synchronized (sets) {
                untold.add(fault);
            }
        }
    }

    /** Writes a set that has changed; returns what went wrong, or null. */
    private static String written(final Known known) {
        // one at a time, so that what was written last is what was read last
        synchronized (known) {
            final Dataset set = known.set;
            if (set.save() != null && known.values.takeChanged()) {
                try {
                    DatasetFile.write(set, known.values.values());
                } catch (final IOException e) {
                    known.values.giveBackChanged();
                    return "data set " + set.name() + " cannot be written: " + e;
                }
            }
            return null;
        }
    }
}
