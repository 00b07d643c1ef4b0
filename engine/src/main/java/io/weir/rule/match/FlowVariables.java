package io.weir.rule.match;

import java.util.Arrays;

/**
 * Flow bits and counters of one flow, by the numbers that {@link FlowNames} gives to their names. At most
 * {@link #MOST} of each; what does not fit is not kept, and that is counted. Pooled; one worker.
 */
public final class FlowVariables {
    /** Most bits, and most counters, of a flow. */
    public static final int MOST = 32;

    private static final int FIRST = 4;

    private int[] bits = new int[FIRST];
    private int[] names;
    private long[] values;
    private int bitCount;
    private int valueCount;
    private int refused;

    /** Forgets everything. */
    public void clear() {
        bitCount = 0;
        valueCount = 0;
        refused = 0;
    }

    /** How often there was no room, since this was asked last. */
    public int takeRefused() {
        final int count = refused;
        refused = 0;
        return count;
    }

    /** How many bits are set. */
    public int bitCount() {
        return bitCount;
    }

    /** One of the bits that are set. */
    public int bit(final int index) {
        return bits[index];
    }

    /** True if a bit is set. */
    public boolean isSet(final int bit) {
        for (int i = 0; i < bitCount; i++) {
            if (bits[i] == bit) {
                return true;
            }
        }
        return false;
    }

    /** Sets a bit. */
    public void set(final int bit) {
        if (isSet(bit)) {
            return;
        }
        if (bitCount == MOST) {
            refused++;
            return;
        }
        if (bitCount == bits.length) {
            bits = Arrays.copyOf(bits, 2 * bitCount);
        }
        bits[bitCount++] = bit;
    }

    /** Takes a bit back. */
    public void unset(final int bit) {
        for (int i = 0; i < bitCount; i++) {
            if (bits[i] == bit) {
                bits[i] = bits[--bitCount];
                return;
            }
        }
    }

    /** Place of a counter, or -1 if it was never set. */
    int find(final int name) {
        for (int i = 0; i < valueCount; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    private void makeRoom() {
        if (names == null) {
            names = new int[FIRST];
            values = new long[FIRST];
        } else if (valueCount == names.length) {
            names = Arrays.copyOf(names, 2 * valueCount);
            values = Arrays.copyOf(values, 2 * valueCount);
        }
    }

    /** Value of a counter that was set. */
    long valueAt(final int place) {
        return values[place];
    }

    /** Value of a counter, 0 if it was never set. */
    public long value(final int name) {
        final int place = find(name);
        return place < 0 ? 0 : values[place];
    }

    /** Changes a counter: {@code +}, {@code -} or {@code =}; one that was never set is 0. */
    public void change(final int name, final char operator, final long operand) {
        int place = find(name);
        if (place < 0) {
            if (valueCount == MOST) {
                refused++;
                return;
            }
            makeRoom();
            place = valueCount++;
            names[place] = name;
            values[place] = 0;
        }
        values[place] = switch (operator) {
            case '+' -> values[place] + operand;
            case '-' -> values[place] - operand;
            default -> operand;
        };
    }
}
