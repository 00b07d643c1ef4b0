package io.weir.rule.pattern;

import java.util.Arrays;

/**
 * The automaton of a set while it is built: a trie of all patterns in canonical bytes, where to go on if a state has no
 * child, and which patterns end in a state.
 *
 * <p>A. V. Aho, M. J. Corasick, "Efficient string matching: an aid to bibliographic search", 1975.
 */
final class Automaton {
    /** Bits of a fail word that hold a state; those above hold its depth, if that is 1 to {@link #SHALLOW}. */
    static final int STATE_BITS = 30;
    static final int STATE_MASK = (1 << STATE_BITS) - 1;
    static final int SHALLOW = 3;

    private final ByteClasses classes;
    private final byte[][] texts;
    /** Pattern numbers in the order of their canonical bytes. */
    private final Integer[] order;
    private final DoubleArray trie = new DoubleArray();
    private int[] fail = new int[DoubleArray.BLOCK];
    private int[] outputs = new int[DoubleArray.BLOCK];
    /** Groups of patterns that end in one state: group of a shorter suffix, count, patterns. Index 0 is no group. */
    private int[] groups = new int[1024];
    private int groupsEnd = 1;
    private int states = 1;
    /** States four bytes below the root, and these bytes. */
    private int[] prefixStates = {};
    private int[] prefixes = {};

    Automaton(final PatternSet set, final ByteClasses classes) {
        this.classes = classes;
        texts = new byte[set.size()][];
        order = new Integer[set.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = set.literal(i).bytes().clone();
            for (int k = 0; k < texts[i].length; k++) {
                texts[i][k] = classes.canonical(texts[i][k]);
            }
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(texts[a], texts[b]));
        build();
    }

    DoubleArray trie() {
        return trie;
    }

    /** Where to go on: a state, with its depth above {@link #STATE_BITS} if that is at most {@link #SHALLOW}. */
    int fail(final int state) {
        return state < fail.length ? fail[state] : 0;
    }

    /** Group of patterns that end in a state, or 0. */
    int output(final int state) {
        return state < outputs.length ? outputs[state] : 0;
    }

    int[] groups() {
        return Arrays.copyOf(groups, groupsEnd);
    }

    /** States {@link StartFilter#WINDOW} bytes below the root. */
    int[] prefixStates() {
        return prefixStates;
    }

    /** The canonical bytes that lead to each of {@link #prefixStates}. */
    int[] prefixes() {
        return prefixes;
    }

    /** How many states there are. */
    int states() {
        return states;
    }

    /** Level by level: what a state falls back on lies above it, and is there before it. */
    private void build() {
        Level level = new Level(1);
        level.add(DoubleArray.ROOT, 0, order.length);
        final int[] childClasses = new int[DoubleArray.BLOCK];
        final int[] ends = new int[DoubleArray.BLOCK];
        for (int depth = 0; level.count > 0; depth++) {
            for (int i = 0; i < level.count; i++) {
                level.from[i] = endHere(level.states[i], level.from[i], level.to[i], depth);
            }
            final Level below = new Level(level.count + DoubleArray.BLOCK);
            for (int i = 0; i < level.count; i++) {
                final int state = level.states[i];
                final int count = branch(level.from[i], level.to[i], depth, childClasses, ends);
                if (count > 0) {
                    trie.addChildren(state, childClasses, count);
                    for (int k = 0; k < count; k++) {
                        final int child = trie.child(state, childClasses[k]);
                        link(state, child, childClasses[k]);
                        below.add(child, k == 0 ? level.from[i] : ends[k - 1], ends[k]);
                    }
                }
            }
            states += below.count;
            level = below;
            if (depth + 1 == StartFilter.WINDOW) {
                notePrefixes(level);
            }
        }
    }

    private void notePrefixes(final Level level) {
        prefixStates = Arrays.copyOf(level.states, level.count);
        prefixes = new int[level.count];
        for (int i = 0; i < level.count; i++) {
            prefixes[i] = StartFilter.word(texts[order[level.from[i]]], 0);
        }
    }

    /** Notes the patterns of a range that end at this depth, which are its first; answers where the others begin. */
    private int endHere(final int state, final int from, final int to, final int depth) {
        outputs[state] = outputs[fail[state] & STATE_MASK];
        int end = from;
        while (end < to && texts[order[end]].length == depth) {
            end++;
        }
        if (end > from) {
            final int count = end - from;
            if (groupsEnd + count + 2 > groups.length) {
                groups = Arrays.copyOf(groups, Math.max(2 * groups.length, groupsEnd + count + 2));
            }
            final int group = groupsEnd;
            groups[groupsEnd++] = outputs[state];
            groups[groupsEnd++] = count;
            for (int i = from; i < end; i++) {
                groups[groupsEnd++] = order[i];
            }
            outputs[state] = group;
        }
        return end;
    }

    /** Divides a range by the byte at a depth: the classes, and where the part of each ends; answers how many. */
    private int branch(final int from, final int to, final int depth, final int[] childClasses, final int[] ends) {
        int count = 0;
        for (int i = from; i < to;) {
            final byte b = texts[order[i]][depth];
            while (i < to && texts[order[i]][depth] == b) {
                i++;
            }
            childClasses[count] = classes.of(b);
            ends[count++] = i;
        }
        return count;
    }

    /** Sets where a new child falls back to: the longest proper suffix of its text that is a state. */
    private void link(final int parent, final int child, final int byteClass) {
        if (child >= fail.length) {
            fail = Arrays.copyOf(fail, Math.max(2 * fail.length, trie.slots()));
            outputs = Arrays.copyOf(outputs, fail.length);
        }
        int target = DoubleArray.ROOT;
        int state = parent;
        while (state != DoubleArray.ROOT) {
            state = fail[state] & STATE_MASK;
            final int candidate = trie.child(state, byteClass);
            if (candidate >= 0) {
                target = candidate;
                break;
            }
        }
        final int targetDepth = depthUpTo(target, SHALLOW);
        fail[child] = target | (targetDepth <= SHALLOW ? targetDepth << STATE_BITS : 0);
    }

    /** Depth of a state, or one more than the limit. */
    private int depthUpTo(final int state, final int limit) {
        int depth = 0;
        for (int s = state; s != DoubleArray.ROOT && depth <= limit; s = trie.check(s)) {
            depth++;
        }
        return depth;
    }

    /** States of one depth, each with the range of sorted patterns that go through it. */
    private static final class Level {
        private int[] states;
        private int[] from;
        private int[] to;
        private int count;

        Level(final int capacity) {
            states = new int[capacity];
            from = new int[capacity];
            to = new int[capacity];
        }

        void add(final int state, final int first, final int end) {
            if (count == states.length) {
                states = Arrays.copyOf(states, 2 * count);
                from = Arrays.copyOf(from, 2 * count);
                to = Arrays.copyOf(to, 2 * count);
            }
            states[count] = state;
            from[count] = first;
            to[count++] = end;
        }
    }
}
