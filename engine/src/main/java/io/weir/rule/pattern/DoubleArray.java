package io.weir.rule.pattern;

import java.util.Arrays;

/**
 * A trie while it is built, as a double array: the child of a state by class {@code c} is the slot {@code base ^ c},
 * if the {@code check} of that slot is the state. Slots come in blocks of 256, so that a base and all of its
 * children are in one block.
 *
 * <p>J. Aoe, "An efficient digital search algorithm by using a double-array structure", 1989; XOR instead of a sum, and
 * placement by a list of free slots, as later work has it.
 */
final class DoubleArray {
    static final int ROOT = 0;
    static final int BLOCK = 256;
    /** What check is of the root, and of a slot that is free. */
    private static final int NO_PARENT = -1;
    private static final int FREE = -2;
    /** After so many free slots that do not fit, a new block is begun; its rest is for states with one child. */
    private static final int ATTEMPTS = 64;

    private int[] base = {};
    private int[] check = {};
    /** Free slots in a ring of both directions; meaningless for slots in use. */
    private int[] next = {};
    private int[] previous = {};
    private int slots;
    private int firstFree = -1;

    DoubleArray() {
        addBlock();
        take(ROOT, NO_PARENT);
    }

    /** One behind the last slot. */
    int slots() {
        return slots;
    }

    int base(final int state) {
        return base[state];
    }

    int check(final int slot) {
        return check[slot];
    }

    /** The child of a state by a class, or -1. */
    int child(final int state, final int byteClass) {
        final int slot = base[state] ^ byteClass;
        return check[slot] == state ? slot : -1;
    }

    /** Places all children of a state, once; their classes are {@code classes[0..count)}, count at least 1. */
    void addChildren(final int state, final int[] classes, final int count) {
        final int at = place(classes, count);
        base[state] = at;
        for (int i = 0; i < count; i++) {
            take(at ^ classes[i], state);
        }
    }

    private int place(final int[] classes, final int count) {
        int slot = firstFree;
        for (int attempt = 0; slot >= 0 && attempt < ATTEMPTS; attempt++) {
            final int candidate = slot ^ classes[0];
            if (fits(candidate, classes, count)) {
                return candidate;
            }
            slot = next[slot];
            if (slot == firstFree) {
                break;
            }
        }
        return addBlock();
    }

    private boolean fits(final int candidate, final int[] classes, final int count) {
        for (int i = 1; i < count; i++) {
            if (check[candidate ^ classes[i]] != FREE) {
                return false;
            }
        }
        return true;
    }

    private void take(final int slot, final int parent) {
        check[slot] = parent;
        if (next[slot] == slot) {
            firstFree = -1;
        } else {
            next[previous[slot]] = next[slot];
            previous[next[slot]] = previous[slot];
            if (firstFree == slot) {
                firstFree = next[slot];
            }
        }
    }

    /** Appends a block to the slots and to the end of the ring of free ones; answers its first slot. */
    private int addBlock() {
        final int first = slots;
        if (first + BLOCK > check.length) {
            final int capacity = Math.max(64 * BLOCK, 2 * check.length);
            base = Arrays.copyOf(base, capacity);
            check = Arrays.copyOf(check, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
        }
        slots += BLOCK;
        for (int i = first; i < slots; i++) {
            check[i] = FREE;
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        if (firstFree < 0) {
            firstFree = first;
            next[slots - 1] = first;
            previous[first] = slots - 1;
        } else {
            final int last = previous[firstFree];
            next[last] = first;
            previous[first] = last;
            next[slots - 1] = firstFree;
            previous[firstFree] = slots - 1;
        }
        return first;
    }
}
