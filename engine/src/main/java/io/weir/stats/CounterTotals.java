package io.weir.stats;

import io.weir.base.Counter;
import io.weir.base.Counters;
import java.util.Arrays;

/** Values of all counters at one moment, summed over threads. One thread. */
public final class CounterTotals {
    private static final Counter[] COUNTERS = Counter.values();

    private final long[] values = new long[COUNTERS.length];

    /** Forgets everything, to be filled again. */
    public void clear() {
        Arrays.fill(values, 0);
    }

    /** Adds what one thread has counted so far. */
    public CounterTotals add(final Counters counters) {
        for (final Counter counter : COUNTERS) {
            values[counter.ordinal()] += counters.get(counter);
        }
        return this;
    }

    /** Adds to one counter. */
    public CounterTotals add(final Counter counter, final long amount) {
        values[counter.ordinal()] += amount;
        return this;
    }

    /** Sets one counter, for what is counted elsewhere. */
    public CounterTotals set(final Counter counter, final long value) {
        values[counter.ordinal()] = value;
        return this;
    }

    /** Value of one counter. */
    public long get(final Counter counter) {
        return values[counter.ordinal()];
    }

    /** Frames dropped under any reason. */
    public long dropped() {
        long sum = 0;
        for (final Counter counter : COUNTERS) {
            if (counter.kind() == Counter.Kind.DROP) {
                sum += values[counter.ordinal()];
            }
        }
        return sum;
    }

    /** The packet ledger these counters make. */
    public Ledger ledger() {
        return new Ledger(get(Counter.FRAMES_RECEIVED), get(Counter.FRAMES_PROCESSED), dropped());
    }
}
