package io.weir.rule.regex;

import java.util.List;

/** The syntax tree of an expression. Case and the meaning of dot, caret and dollar are settled when it is built. */
sealed interface Node {
    /** Matches nothing, always. */
    Node EMPTY = new Sequence(List.of());

    /** How much a repetition takes and gives back. */
    enum Greed {
        GREEDY, LAZY, POSSESSIVE
    }

    /** One byte of a set. */
    record OneOf(ByteSet set) implements Node {
    }

    /** One after the other. */
    record Sequence(List<Node> parts) implements Node {
    }

    /** The first that leads to a match. */
    record Choice(List<Node> branches) implements Node {
    }

    /** Between {@code min} and {@code max} times, {@link #UNLIMITED} without end. */
    record Repeat(Node body, int min, int max, Greed greed) implements Node {
        static final int UNLIMITED = Integer.MAX_VALUE;
    }

    /** A capturing group. */
    record Capture(int group, Node body) implements Node {
    }

    /** A group that gives nothing back. */
    record Atomic(Node body) implements Node {
    }

    /** Looks ahead, or behind, without taking anything. */
    record Look(Node body, boolean behind, boolean negative) implements Node {
    }

    /** What a group matched. */
    record Reference(int group, boolean caseless) implements Node {
    }

    /** A position, by an {@link Assertion}. */
    record Position(int assertion) implements Node {
    }
}
