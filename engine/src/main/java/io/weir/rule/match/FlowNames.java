package io.weir.rule.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of the names of flow bits and counters, and of bits of transactions. One for an engine, kept over reloads, so
 * that what one rule set has set is known to the next. Any thread.
 */
public final class FlowNames {
    /** As many as a long has bits. */
    private static final int MOST_OF_TRANSACTIONS = Long.SIZE;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> ofTransactions = new HashMap<>();
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

    /**
     * The number of the name of a bit of transactions, a new one if it has none.
     *
     * @throws IllegalArgumentException if there are more than {@value #MOST_OF_TRANSACTIONS}
     */
    public synchronized int ofTransactions(final String name) {
        final Integer known = ofTransactions.get(name);
        if (known == null && ofTransactions.size() == MOST_OF_TRANSACTIONS) {
            throw new IllegalArgumentException("more than " + MOST_OF_TRANSACTIONS + " bits of transactions are named");
        }
        return ofTransactions.computeIfAbsent(name, key -> ofTransactions.size());
    }

    /** The name of a number, as UTF-8; not to be changed. */
    public byte[] name(final int number) {
        return names[number];
    }
}
