package io.weir.rule.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the names of flow bits and counters. One for an engine, kept over reloads, so that what one rule set has
 * set is known to the next. Any thread.
 */
public final class FlowNames {
    private final Map<String, Integer> numbers = new HashMap<>();
    private volatile byte[][] names = new byte[0][];

    /** The number of a name, a new one if it has none. */
    public synchronized int number(final String name) {
        return numbers.computeIfAbsent(name, key -> {
            final byte[][] longer = Arrays.copyOf(names, names.length + 1);
            longer[names.length] = name.getBytes(StandardCharsets.UTF_8);
            names = longer;
            return numbers.size();
        });
    }

    /** The name of a number, as UTF-8; not to be changed. */
    public byte[] name(final int number) {
        return names[number];
    }
}
