package io.weir.rule.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Numbers of the names of flow bits and counters, and of bits of transactions. One for an engine, kept over reloads, so
 * that what one rule set has set is known to the next. Any thread.
 */
public final class FlowNames {
    /** As many as a long has bits. */
    private static final int MOST_OF_TRANSACTIONS = Long.SIZE;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Place> ofTransactions = new HashMap<>();
    /** Names of bits of transactions that the set uses which is being compiled. */
    private Set<String> compiling = new HashSet<>();
    private long taken;
    private int last;
    private volatile byte[][] names = new byte[0][];

    /** Where the bit of a name is, and how many sets use it. */
    private static final class Place {
        private final int bit;
        private int sets;

        Place(final int bit) {
            this.bit = bit;
        }
    }

    /** Names of bits of transactions that a rule set uses: no other name gets their places until it is closed. */
    public final class Use implements AutoCloseable {
        private Set<String> used;

        private Use(final Set<String> used) {
            this.used = used;
        }

        /** Gives back the places of names that no other set uses; a second call does nothing. Any thread. */
        @Override
        public void close() {
            synchronized (FlowNames.this) {
                used.forEach(FlowNames.this::giveBack);
                used = Set.of();
            }
        }
    }

    /** Begins a set; names of one that was begun and never used are given back. One set at a time. */
    public synchronized void begin() {
        compiling.forEach(this::giveBack);
        compiling = new HashSet<>();
    }

    /** Names of bits of transactions of the set that was begun, for as long as it is held. */
    public synchronized Use use() {
        final Use use = new Use(compiling);
        compiling = new HashSet<>();
        return use;
    }

    private void giveBack(final String name) {
        final Place place = ofTransactions.get(name);
        if (--place.sets == 0) {
            ofTransactions.remove(name);
            taken &= ~(1L << place.bit);
        }
    }

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
     * The number of the name of a bit of transactions, a free one if it has none: the one that was free for longest,
     * since transactions may go on for a while with bits of a set that is gone.
     *
     * @throws IllegalArgumentException if the sets that are held name more than {@value #MOST_OF_TRANSACTIONS}
     */
    public synchronized int ofTransactions(final String name) {
        Place place = ofTransactions.get(name);
        if (place == null) {
            if (taken == -1) {
                throw new IllegalArgumentException("more than " + MOST_OF_TRANSACTIONS
                    + " bits of transactions are named");
            }
            do {
                last = (last + 1) % MOST_OF_TRANSACTIONS;
            } while ((taken & 1L << last) != 0);
            taken |= 1L << last;
            place = new Place(last);
            ofTransactions.put(name, place);
        }
        if (compiling.add(name)) {
            place.sets++;
        }
        return place.bit;
    }

    /** The name of a number, as UTF-8; not to be changed. */
    public byte[] name(final int number) {
        return names[number];
    }
}
