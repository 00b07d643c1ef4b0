package io.weir.rule.match;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the names of flow bits and counters. One for an engine, kept over reloads, so that what one rule set has
 * set is known to the next. Any thread.
 */
public final class FlowNames {
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of a name, a new one if it has none. */
    public synchronized int number(final String name) {
        return numbers.computeIfAbsent(name, key -> numbers.size());
    }
}
