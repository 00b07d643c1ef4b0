package io.weir.protocol;

import java.util.Map;
import java.util.TreeMap;

/** How often each value was told, and how much two such tellings have in common. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void add(final String value) {
        counts.merge(value, 1, Integer::sum);
    }

    void remove(final String value) {
        counts.remove(value);
    }

    void clear() {
        counts.clear();
    }

    int size() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of the values another tally has too. */
    int common(final Tally other) {
        return counts.entrySet().stream()
            .mapToInt(entry -> Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0))).sum();
    }

    /** Values, with their number, that another tally lacks. */
    Map<String, Integer> without(final Tally other) {
        final Map<String, Integer> rest = new TreeMap<>();
        counts.forEach((value, count) -> {
            final int more = count - other.counts.getOrDefault(value, 0);
            if (more > 0) {
                rest.put(value, more);
            }
        });
        return rest;
    }
}
