package io.weir.rule.regex;

import java.util.Arrays;

/**
 * Finds a match and its groups by following all ways at once, in the order in which a backtracker would try them. Time
 * is linear: the input's length times the number of instructions. Slow, and the last resort: where a backtracker gave
 * up.
 */
final class PikeMachine {
    /** Slots of all ways of an automaton together, at most. */
    static final int CELLS_MAX = 1 << 16;

    private final int[] current = new int[2 * (Regex.GROUPS_MAX + 1)];
    private final int[] found = new int[current.length];
    /** Instructions to go to, or slots to put back (the complement, and the value). */
    private final int[] stack = new int[4 * Regex.PLAIN_INSTRUCTIONS_MAX];
    private Ways now = new Ways();
    private Ways then = new Ways();

    /** Ways in order, each at an instruction that takes a byte or ends, with its slots. */
    private static final class Ways {
        private final int[] instructions = new int[Regex.PLAIN_INSTRUCTIONS_MAX];
        private final int[] cells = new int[CELLS_MAX];
        /** For each instruction the mark of the step in which it was met last. */
        private final int[] met = new int[Regex.PLAIN_INSTRUCTIONS_MAX];
        private int mark;
        private int count;

        void clear() {
            count = 0;
            if (++mark == 0) {
                Arrays.fill(met, 0);
                mark = 1;
            }
        }
    }

    /** Looks for the first match; its groups are in {@code slots} afterwards. */
    boolean find(final Automaton automaton, final Prefilter prefilter, final Input in, final int[] slots) {
        final Code code = automaton.code;
        boolean matched = false;
        now.clear();
        for (int at = in.searchStart; at <= in.length; at++) {
            if (now.count == 0) {
                if (matched || automaton.anchored && at != in.searchStart) {
                    break;
                }
                final int start = automaton.anchored ? at : prefilter.nextStart(in, at);
                if (start < 0) {
                    break;
                }
                at = start;
            }
            if (!matched && (!automaton.anchored || at == in.searchStart)) {
                Arrays.fill(current, 0, code.slots, -1);
                current[0] = at;
                follow(now, code, 0, at, in);
            }
            then.clear();
            for (int i = 0; i < now.count; i++) {
                final int instruction = now.instructions[i];
                System.arraycopy(now.cells, i * code.slots, current, 0, code.slots);
                if (code.words[instruction * Code.STRIDE] == Code.MATCH) {
                    current[1] = at;
                    System.arraycopy(current, 0, found, 0, code.slots);
                    matched = true;
                    break;
                }
                if (at < in.length && code.takes(instruction * Code.STRIDE, in.at(at))) {
                    follow(then, code, instruction + 1, at + 1, in);
                }
            }
            final Ways done = now;
            now = then;
            then = done;
        }
        if (matched) {
            System.arraycopy(found, 0, slots, 0, code.slots);
        }
        return matched;
    }

    /** Adds the ways from an instruction, with the slots in {@link #current}. */
    private void follow(final Ways ways, final Code code, final int from, final int position, final Input in) {
        final int[] words = code.words;
        final int before = in.before(position);
        final int next = in.next(position);
        int depth = 0;
        stack[depth++] = from;
        while (depth > 0) {
            final int entry = stack[--depth];
            if (entry < 0) {
                current[~entry] = stack[--depth];
                continue;
            }
            if (ways.met[entry] == ways.mark) {
                continue;
            }
            ways.met[entry] = ways.mark;
            final int at = entry * Code.STRIDE;
            switch (words[at]) {
                case Code.SPLIT -> {
                    stack[depth++] = words[at + 2] / Code.STRIDE;
                    stack[depth++] = words[at + 1] / Code.STRIDE;
                }
                case Code.JUMP -> stack[depth++] = words[at + 1] / Code.STRIDE;
                case Code.SAVE -> {
                    stack[depth++] = current[words[at + 1]];
                    stack[depth++] = ~words[at + 1];
                    stack[depth++] = entry + 1;
                    current[words[at + 1]] = position;
                }
                case Code.ASSERT -> {
                    if (Assertion.holds(words[at + 1], before, next)) {
                        stack[depth++] = entry + 1;
                    }
                }
                default -> {
                    System.arraycopy(current, 0, ways.cells, ways.count * code.slots, code.slots);
                    ways.instructions[ways.count++] = entry;
                }
            }
        }
    }
}
