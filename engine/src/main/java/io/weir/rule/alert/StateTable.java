package io.weir.rule.alert;

import java.util.Arrays;

/**
 * Small states by 128-bit key, of a fixed number: a state that is needed takes the place of the one in its
 * neighbourhood whose time is over, or is over first. Keys are hashes seeded by whoever makes them. One thread;
 * allocates nothing.
 */
final class StateTable {
    private static final int WAYS = 8;
    private static final int FIELDS = 5;
    private static final int KEY_HI = 0;
    private static final int KEY_LO = 1;
    private static final int UNTIL = 2;
    private static final int SINCE = 3;
    private static final int COUNT = 4;

    private final long[] states;
    private final int mask;
    private long forgotten;

    /**
     * Makes an empty table.
     *
     * @param capacity rounded up to a power of two
     */
    StateTable(final int capacity) {
        final int sets = Integer.highestOneBit(Math.max(1, (capacity - 1) / WAYS) * 2 - 1);
        states = new long[sets * WAYS * FIELDS];
        mask = sets - 1;
    }

    /** The state of a key that is not over at {@code nowNs}, or -1. */
    int find(final long hi, final long lo, final long nowNs) {
        final int first = first(lo);
        for (int way = 0; way < WAYS; way++) {
            final int at = first + way * FIELDS;
            if (states[at + KEY_LO] == lo && states[at + KEY_HI] == hi && states[at + UNTIL] > nowNs) {
                return at;
            }
        }
        return -1;
    }

    /** Begins a state for a key, in place of one it may have; its count is 0. */
    int begin(final long hi, final long lo, final long nowNs, final long untilNs) {
        final int first = first(lo);
        int taken = first;
        for (int way = 0; way < WAYS; way++) {
            final int at = first + way * FIELDS;
            if (states[at + KEY_LO] == lo && states[at + KEY_HI] == hi) {
                taken = at;
                break;
            }
            if (states[at + UNTIL] < states[taken + UNTIL]) {
                taken = at;
            }
        }
        if (states[taken + UNTIL] > nowNs && (states[taken + KEY_LO] != lo || states[taken + KEY_HI] != hi)) {
            forgotten++;
        }
        states[taken + KEY_HI] = hi;
        states[taken + KEY_LO] = lo;
        states[taken + UNTIL] = untilNs;
        states[taken + SINCE] = nowNs;
        states[taken + COUNT] = 0;
        return taken;
    }

    /** Sets until when a state lasts. */
    void until(final int state, final long untilNs) {
        states[state + UNTIL] = untilNs;
    }

    /** Ends a state. */
    void end(final int state) {
        Arrays.fill(states, state, state + FIELDS, 0);
    }

    /** Counts one more; answers how many there are now. */
    long increment(final int state) {
        return ++states[state + COUNT];
    }

    /** How many there are. */
    long count(final int state) {
        return states[state + COUNT];
    }

    /** When a state began. */
    long since(final int state) {
        return states[state + SINCE];
    }

    /** Sets how many there are. */
    void count(final int state, final long value) {
        states[state + COUNT] = value;
    }

    /** States that made room for others before their time. */
    long forgotten() {
        return forgotten;
    }

    private int first(final long lo) {
        return ((int) (lo >>> 32) & mask) * WAYS * FIELDS;
    }
}
