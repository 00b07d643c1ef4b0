package io.weir.rule.regex;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Says whether there is a match, in one look-up for each byte. A state is a set of places in the instructions where
 * the engine may be in front of a byte, together with what an assertion has to know of the byte before. States are made
 * when they are first met, in a cache of fixed size that serves all automata and is emptied when it is full: making a
 * state costs what simulating one step would, so that time stays linear even if every step needs a new one.
 */
final class LazyDfa {
    private static final int ROW_INTS = 1 << 18;
    private static final int SET_WORDS = 1 << 15;
    private static final int UNKNOWN = 0;
    private static final int DEAD = 1;
    private static final int MATCH = 2;
    /** In front of a state's transitions lie the automaton's number, what lies before, and where its set lies. */
    private static final int HEADER = 3;

    private final int[] rows;
    private final long[] sets;
    /** States by the hash of what they are; 0 for none. */
    private final int[] index;
    private final long[] next = new long[words(Regex.PLAIN_INSTRUCTIONS_MAX)];
    private final long[] visited = new long[next.length];
    private final int[] stack = new int[Regex.PLAIN_INSTRUCTIONS_MAX];
    private int rowsEnd = HEADER;
    private int setsEnd;
    private int states;
    private int generation;

    LazyDfa() {
        this(ROW_INTS, SET_WORDS);
    }

    /** With room for at least one state of the largest automaton. */
    LazyDfa(final int rowInts, final int setWords) {
        rows = new int[rowInts];
        sets = new long[setWords];
        index = new int[Integer.highestOneBit(rowInts / 8)];
    }

    /** How often the cache was emptied. */
    int generation() {
        return generation;
    }

    private static int words(final int instructions) {
        return instructions + 63 >> 6;
    }

    /** Whether there is a match that starts where the search does or later. */
    boolean contains(final Automaton automaton, final Prefilter prefilter, final Input in) {
        int at = automaton.anchored ? in.searchStart : prefilter.nextStart(in, in.searchStart);
        if (at < 0) {
            return false;
        }
        final byte[] classOf = automaton.classOf;
        final Object base = in.base;
        final long address = in.address;
        final int plainEnd = in.length > 0 && in.at(in.length - 1) == '\n' ? in.length - 1 : in.length;
        final boolean skips = !automaton.anchored && automaton.contextMask == 0 && prefilter.skips();
        final int generationBefore = generation;
        int state = start(automaton, in.before(at));
        final int start = skips && generation == generationBefore ? state : -1;
        while (at < plainEnd) {
            if (state == start && generation == generationBefore) {
                at = prefilter.nextStart(in, at);
                if (at < 0) {
                    return false;
                }
                if (at >= plainEnd) {
                    break;
                }
            }
            final int byteClass = classOf[UnsafeApi.getByte(base, address + at) & 0xff] & 0xff;
            int to = rows[state + byteClass];
            if (to <= MATCH) {
                to = to == UNKNOWN ? step(automaton, state, byteClass) : to;
                if (to <= MATCH) {
                    return to == MATCH;
                }
            }
            state = to;
            at++;
        }
        if (at < in.length) {
            state = transition(automaton, state, automaton.classes + 1);
        }
        return (state > MATCH ? transition(automaton, state, automaton.classes) : state) == MATCH;
    }

    private int transition(final Automaton automaton, final int state, final int byteClass) {
        final int to = rows[state + byteClass];
        return to == UNKNOWN ? step(automaton, state, byteClass) : to;
    }

    private int start(final Automaton automaton, final int before) {
        Arrays.fill(next, 0, words(automaton.code.size()), 0);
        next[0] = 1;
        return intern(automaton, before & automaton.contextMask);
    }

    /** Computes where a byte leads and remembers it. */
    private int step(final Automaton automaton, final int state, final int byteClass) {
        final int generationBefore = generation;
        final int to = follow(automaton, state, automaton.representative[byteClass]);
        if (generation == generationBefore) {
            rows[state + byteClass] = to;
        }
        return to;
    }

    private int follow(final Automaton automaton, final int state, final int value) {
        final int words = words(automaton.code.size());
        final int before = rows[state - 2];
        final int set = rows[state - 1];
        Arrays.fill(next, 0, words, 0);
        Arrays.fill(visited, 0, words, 0);
        for (int i = 0; i < words; i++) {
            for (long bits = sets[set + i]; bits != 0; bits &= bits - 1) {
                if (follow(automaton.code, (i << 6) + Long.numberOfTrailingZeros(bits), before, value)) {
                    return MATCH;
                }
            }
        }
        if (value == Input.END) {
            return DEAD;
        }
        boolean empty = true;
        if (!automaton.anchored) {
            next[0] |= 1;
        }
        for (int i = 0; i < words && empty; i++) {
            empty = next[i] == 0;
        }
        final int byteBehind = value == Input.LAST_LINE_FEED ? '\n' : value;
        return empty ? DEAD : intern(automaton, Input.behind(byteBehind) & automaton.contextMask);
    }

    /** Follows all ways from an instruction up to those that take a byte; true if one is a match. */
    private boolean follow(final Code code, final int from, final int before, final int value) {
        final int[] words = code.words;
        int depth = push(0, from);
        while (depth > 0) {
            final int at = stack[--depth] * Code.STRIDE;
            final int following = at / Code.STRIDE + 1;
            switch (words[at]) {
                case Code.MATCH -> {
                    return true;
                }
                case Code.BYTE, Code.SET -> {
                    if (value != Input.END && code.takes(at, value == Input.LAST_LINE_FEED ? '\n' : value)) {
                        next[following >> 6] |= 1L << following;
                    }
                }
                case Code.SPLIT -> {
                    depth = push(depth, words[at + 1] / Code.STRIDE);
                    depth = push(depth, words[at + 2] / Code.STRIDE);
                }
                case Code.JUMP -> depth = push(depth, words[at + 1] / Code.STRIDE);
                case Code.ASSERT -> {
                    if (Assertion.holds(words[at + 1], before, value)) {
                        depth = push(depth, following);
                    }
                }
                default -> depth = push(depth, following);
            }
        }
        return false;
    }

    /** Every instruction is followed once for a byte. */
    private int push(final int depth, final int instruction) {
        final long bit = 1L << instruction;
        if ((visited[instruction >> 6] & bit) != 0) {
            return depth;
        }
        visited[instruction >> 6] |= bit;
        stack[depth] = instruction;
        return depth + 1;
    }

    /** The state for the set in {@link #next}. */
    private int intern(final Automaton automaton, final int before) {
        final int words = words(automaton.code.size());
        long hash = automaton.number * 31L + before;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ next[i]) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 29;
        }
        final int mask = index.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (index[slot] != 0) {
            if (isState(index[slot], automaton.number, before, words)) {
                return index[slot];
            }
            slot = slot + 1 & mask;
        }
        final int size = HEADER + automaton.classes + 2;
        if (rowsEnd + size > rows.length || setsEnd + words > sets.length || states > index.length / 2) {
            clear();
            slot = (int) (hash >>> 32) & mask;
        }
        final int state = rowsEnd + HEADER;
        Arrays.fill(rows, state, rowsEnd + size, UNKNOWN);
        rows[state - 3] = automaton.number;
        rows[state - 2] = before;
        rows[state - 1] = setsEnd;
        System.arraycopy(next, 0, sets, setsEnd, words);
        rowsEnd += size;
        setsEnd += words;
        states++;
        index[slot] = state;
        return state;
    }

    private boolean isState(final int state, final int number, final int before, final int words) {
        return rows[state - 3] == number && rows[state - 2] == before
            && Arrays.equals(sets, rows[state - 1], rows[state - 1] + words, next, 0, words);
    }

    private void clear() {
        Arrays.fill(index, 0);
        rowsEnd = HEADER;
        setsEnd = 0;
        states = 0;
        generation++;
    }
}
