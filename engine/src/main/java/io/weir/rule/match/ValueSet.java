package io.weir.rule.match;

import io.weir.rule.model.Dataset;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Values of a named set, at most 64 KiB each. Filled by one thread; what rules add or take out after
 * that is seen by all workers. Asking takes no lock.
 */
public final class ValueSet {
    private static final int FIRST_SLOTS = 64;
    private static final byte[][] MOVED = {};

    /** Drawn per process, so that nobody can send values that meet in one place. */
    private static final long SECRET = new SecureRandom().nextLong();
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** Of an array, with the place it takes. */
    private static final int OVERHEAD = 24;

    private int limit;
    private long mostBytes;
    /** Values, each where its hash leads to or behind; {@link #MOVED} from when rules change them. */
    private volatile byte[][] slots = new byte[FIRST_SLOTS][];
    private int size;
    private long bytes;
    private long refused;
    /** All values, from when rules change them; else null. */
    private volatile SharedValues shared;

    /**
     * Makes an empty set.
     *
     * @param limit most values it takes, 0 for no limit
     */
    public ValueSet(final int limit) {
        this(limit, Long.MAX_VALUE);
    }

    /**
     * Makes an empty set.
     *
     * @param limit     most values it takes, 0 for no limit
     * @param mostBytes of heap that they take together
     */
    public ValueSet(final int limit, final long mostBytes) {
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /**
     * Sets other limits; values that are beyond them stay. By the thread that loads rules.
     *
     * @param most      values it takes, 0 for no limit
     * @param heapBytes most bytes of heap that they take together
     */
    public void limits(final int most, final long heapBytes) {
        limit = most;
        mostBytes = heapBytes;
        if (shared != null) {
            shared.limits(most, heapBytes);
        }
    }

    /** Values that found no room. */
    public long refused() {
        return refused + (shared == null ? 0 : shared.refused());
    }

    /** True if rules have changed it since this was last asked. */
    public boolean takeChanged() {
        return shared != null && shared.changed().getAndSet(false);
    }

    /** Says that what was taken as changed is not kept yet. */
    public void giveBackChanged() {
        shared.changed().set(true);
    }

    /** All values, in no order; they must not be written to. */
    public byte[][] values() {
        if (shared != null) {
            return shared.values();
        }
        final byte[][] values = new byte[size][];
        int count = 0;
        for (final byte[] value : slots) {
            if (value != null) {
                values[count++] = value;
            }
        }
        return values;
    }

    /** Says that rules change it; before they first do, by the thread that loads rules. */
    public void mutable() {
        if (shared == null) {
            final SharedValues all = new SharedValues(limit, mostBytes);
            for (final byte[] value : slots) {
                if (value != null) {
                    all.add(value);
                }
            }
            shared = all;
            // workers may be asking at this moment: they have taken the table, or see that it has moved
            slots = MOVED;
        }
    }

    /** True if rules change it. */
    public boolean isMutable() {
        return shared != null;
    }

    /** How many values there are. */
    public int size() {
        return shared == null ? size : shared.size();
    }

    /** Bytes of heap, roughly. */
    public long heapBytes() {
        return OVERHEAD + 4L * slots.length + (shared == null ? bytes : shared.heapBytes());
    }

    /** Adds a value that was loaded; false if it was there or there is no room. */
    public boolean add(final byte[] value) {
        if (shared != null) {
            return shared.add(value.clone());
        }
        final int place = find(value);
        if (place >= 0) {
            return false;
        }
        if (limit > 0 && size >= limit || bytes + OVERHEAD + value.length > mostBytes) {
            refused++;
            return false;
        }
        slots[~place] = value.clone();
        size++;
        bytes += OVERHEAD + value.length;
        if (size * 2 > slots.length) {
            final byte[][] old = slots;
            slots = new byte[2 * old.length][];
            for (final byte[] moved : old) {
                if (moved != null) {
                    slots[~find(moved)] = moved;
                }
            }
        }
        return true;
    }

    /** True if the bytes from a place to the end are in it; for sets that no rule changes. */
    boolean contains(final Input in, final int from) {
        return find(slots, in, from) >= 0;
    }

    boolean ask(final Input in, final Dataset.Command command) {
        final byte[][] table = slots;
        return table == MOVED ? shared.ask(in, hash(in, 0), command)
            : find(table, in, 0) >= 0 == (command == Dataset.Command.IS_SET);
    }

    /** Place of a value, or the complement of where it would be. */
    private int find(final byte[] value) {
        final byte[][] table = slots;
        final int mask = table.length - 1;
        int i = hash(value) & mask;
        while (table[i] != null) {
            if (Arrays.equals(table[i], value)) {
                return i;
            }
            i = i + 1 & mask;
        }
        return ~i;
    }

    private static int find(final byte[][] table, final Input in, final int from) {
        final int mask = table.length - 1;
        int i = hash(in, from) & mask;
        while (table[i] != null) {
            if (isEqual(table[i], in, from)) {
                return i;
            }
            i = i + 1 & mask;
        }
        return ~i;
    }

    static boolean isEqual(final byte[] value, final Input in, final int from) {
        if (value.length != in.length() - from) {
            return false;
        }
        for (int i = 0; i < value.length; i++) {
            if (value[i] != in.at(from + i)) {
                return false;
            }
        }
        return true;
    }

    /** Where it would lie if there were room for all. */
    static int hash(final byte[] value) {
        long code = SECRET;
        for (final byte each : value) {
            code = next(code, each);
        }
        return folded(code);
    }

    private static int hash(final Input in, final int from) {
        long code = SECRET;
        for (int i = from; i < in.length(); i++) {
            code = next(code, in.at(i));
        }
        return folded(code);
    }

    private static long next(final long code, final byte value) {
        final long product = (code ^ value) * FACTOR;
        return product ^ product >>> Integer.SIZE;
    }

    private static int folded(final long code) {
        return (int) (code ^ code >>> Integer.SIZE);
    }
}
