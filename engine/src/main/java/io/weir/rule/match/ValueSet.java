package io.weir.rule.match;

import io.weir.rule.model.Dataset;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Values of a named set, at most 64 KiB each. What rules add or take out is seen by all workers; sets that no rule
 * changes are asked without a lock.
 */
public final class ValueSet {
    private static final int FIRST_SLOTS = 64;

    /** Drawn per process, so that nobody can send values that meet in one place. */
    private static final long SECRET = new SecureRandom().nextLong();
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** Of an array, with the place it takes. */
    private static final int OVERHEAD = 24;

    private final int limit;
    private final long mostBytes;
    private volatile boolean mutable;
    private byte[][] slots = new byte[FIRST_SLOTS][];
    private int size;
    private long bytes;
    private long refused;
    private boolean changed;

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

    /** Values that found no room. */
    public synchronized long refused() {
        return refused;
    }

    /** True if rules have changed it since this was last asked. */
    public synchronized boolean takeChanged() {
        final boolean was = changed;
        changed = false;
        return was;
    }

    /** Says that what was taken as changed is not kept yet. */
    public synchronized void giveBackChanged() {
        changed = true;
    }

    /** All values, in no order; they must not be written to. */
    public synchronized byte[][] values() {
        final byte[][] values = new byte[size][];
        int count = 0;
        for (final byte[] value : slots) {
            if (value != null) {
                values[count++] = value;
            }
        }
        return values;
    }

    /** Says that rules change it; before it is first asked. */
    public void mutable() {
        mutable = true;
    }

    /** True if rules change it. */
    public boolean isMutable() {
        return mutable;
    }

    /** How many values there are. */
    public synchronized int size() {
        return size;
    }

    /** Bytes of heap, roughly. */
    public synchronized long heapBytes() {
        return OVERHEAD + 4L * slots.length + bytes;
    }

    /** Adds a value; false if it was there or there is no room. */
    public synchronized boolean add(final byte[] value) {
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
        return find(in, from) >= 0;
    }

    boolean ask(final Input in, final Dataset.Command command) {
        if (!mutable) {
            return find(in, 0) >= 0 == (command == Dataset.Command.IS_SET);
        }
        synchronized (this) {
            return switch (command) {
                case IS_SET -> find(in, 0) >= 0;
                case IS_NOT_SET -> find(in, 0) < 0;
                case SET -> {
                    final byte[] value = new byte[in.length()];
                    in.copyTo(0, value, 0, value.length);
                    final boolean added = add(value);
                    changed |= added;
                    yield added;
                }
                case UNSET -> {
                    final boolean removed = remove(find(in, 0));
                    changed |= removed;
                    yield removed;
                }
            };
        }
    }

    /** Takes a value out, and moves up those behind it that would not be found any more. */
    private boolean remove(final int place) {
        if (place < 0) {
            return false;
        }
        bytes -= OVERHEAD + slots[place].length;
        slots[place] = null;
        size--;
        final int mask = slots.length - 1;
        for (int i = place + 1 & mask; slots[i] != null; i = i + 1 & mask) {
            final byte[] moved = slots[i];
            slots[i] = null;
            slots[~find(moved)] = moved;
        }
        return true;
    }

    /** Place of a value, or the complement of where it would be. */
    private int find(final byte[] value) {
        final int mask = slots.length - 1;
        int i = hash(value) & mask;
        while (slots[i] != null) {
            if (Arrays.equals(slots[i], value)) {
                return i;
            }
            i = i + 1 & mask;
        }
        return ~i;
    }

    private int find(final Input in, final int from) {
        long code = SECRET;
        for (int i = from; i < in.length(); i++) {
            code = next(code, in.at(i));
        }
        final int mask = slots.length - 1;
        int i = folded(code) & mask;
        while (slots[i] != null) {
            if (isEqual(slots[i], in, from)) {
                return i;
            }
            i = i + 1 & mask;
        }
        return ~i;
    }

    private static boolean isEqual(final byte[] value, final Input in, final int from) {
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

    private static long next(final long code, final byte value) {
        final long product = (code ^ value) * FACTOR;
        return product ^ product >>> Integer.SIZE;
    }

    private static int folded(final long code) {
        return (int) (code ^ code >>> Integer.SIZE);
    }
}
