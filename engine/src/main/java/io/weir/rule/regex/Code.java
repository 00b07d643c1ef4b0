package io.weir.rule.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Instructions: an operation and up to three operands each. Positions in the code are indices of instructions times
 * {@link #STRIDE}.
 */
final class Code {
    static final int STRIDE = 4;

    /** One byte: its value. */
    static final int BYTE = 0;
    /** One byte of a set: its number. */
    static final int SET = 1;
    /** Two ways to go on: the one to try first, the other. */
    static final int SPLIT = 2;
    /** To go on elsewhere: where. */
    static final int JUMP = 3;
    /** Remember the position: slot. */
    static final int SAVE = 4;
    /** An {@link Assertion}. */
    static final int ASSERT = 5;
    /** The end of the expression. */
    static final int MATCH = 6;

    // What follows is for the backtracker alone.

    /** Bytes of a set, as many as possible: number of the set, least, most. */
    static final int SPAN = 7;
    /** Bytes of a set, as few as possible: number of the set, least, most. */
    static final int LAZY_SPAN = 8;
    /** Bytes of a set, none given back: number of the set, least, most. */
    static final int POSSESSIVE_SPAN = 9;
    /** The end of a loop whose body may take nothing: slot with where it began, where to go on if it took nothing. */
    static final int LOOP = 10;
    /** What a group matched: its number, 1 if caseless. */
    static final int REFERENCE = 11;
    /** Remember how many ways are open: slot. */
    static final int MARK = 12;
    /** Give up the ways opened since: slot of the mark. */
    static final int CUT = 13;
    /** Remember the ways open and the position: first of two slots. */
    static final int LOOK = 14;
    /** Found what was looked for: give up ways, back to the position: first of the two slots. */
    static final int LOOK_FOUND = 15;
    /** Remember the ways open; if what follows fails, go on elsewhere: slot, where. */
    static final int LOOK_NOT = 16;
    /** Found what must not be: fail: slot. */
    static final int LOOK_NOT_FOUND = 17;
    /** Step back: how many bytes. */
    static final int BACK = 18;
    /** Remember what another slot holds: slot, the other. */
    static final int COPY = 19;

    /** The instructions, {@link #STRIDE} numbers each. */
    final int[] words;
    /** Four words of bits for each set. */
    final long[] sets;
    /** Slots that the code remembers things in; the first ones are starts and ends of groups. */
    final int slots;

    private Code(final int[] words, final long[] sets, final int slots) {
        this.words = words;
        this.sets = sets;
        this.slots = slots;
    }

    /** How many instructions there are. */
    int size() {
        return words.length / STRIDE;
    }

    /** Whether an instruction for one byte takes this value. */
    boolean takes(final int at, final int value) {
        return words[at] == BYTE ? words[at + 1] == value : has(words[at + 1], value);
    }

    boolean has(final int set, final int value) {
        return (sets[(set << 2) + (value >> 6)] >>> value & 1) != 0;
    }

    /** Collects instructions. */
    static final class Builder {
        private final int limit;
        private final List<ByteSet> sets = new ArrayList<>();
        private int[] words = new int[64 * STRIDE];
        private int end;
        private int slots;

        /** For at most so many instructions. */
        Builder(final int limit) {
            this.limit = limit;
        }

        int position() {
            return end;
        }

        int add(final int op, final int a, final int b, final int c) throws TooLargeException {
            if (end / STRIDE == limit) {
                throw new TooLargeException();
            }
            if (end == words.length) {
                words = Arrays.copyOf(words, end * 2);
            }
            words[end] = op;
            words[end + 1] = a;
            words[end + 2] = b;
            words[end + 3] = c;
            end += STRIDE;
            return end - STRIDE;
        }

        int add(final int op, final int a) throws TooLargeException {
            return add(op, a, 0, 0);
        }

        /** Sets an operand, 1 to 3, to the current position. */
        void land(final int at, final int operand) {
            aim(at, operand, end);
        }

        /** Sets an operand, 1 to 3, to a position. */
        void aim(final int at, final int operand, final int position) {
            words[at + operand] = position;
        }

        int set(final ByteSet set) {
            final int known = sets.indexOf(set);
            if (known < 0) {
                sets.add(set);
            }
            return known < 0 ? sets.size() - 1 : known;
        }

        /** Says that a slot is used. */
        int slot(final int slot) {
            slots = Math.max(slots, slot + 1);
            return slot;
        }

        Code build() {
            final long[] bits = new long[sets.size() * 4];
            for (int i = 0; i < sets.size(); i++) {
                final ByteSet set = sets.get(i);
                bits[4 * i] = set.a();
                bits[4 * i + 1] = set.b();
                bits[4 * i + 2] = set.c();
                bits[4 * i + 3] = set.d();
            }
            return new Code(Arrays.copyOf(words, end), bits, slots);
        }
    }

    /** More instructions than allowed. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
