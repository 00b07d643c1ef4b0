package io.weir.rule.regex;

import java.util.ArrayList;
import java.util.List;

/** Collects the literals that occur in whatever a tree matches. */
final class Literals {
    private static final int LENGTH_MAX = 256;

    private final List<RequiredLiteral> required = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private boolean runCaseless;
    private boolean runIsPrefix = true;
    private RequiredLiteral prefix;

    private Literals() {
    }

    static Literals of(final Node root) {
        final Literals literals = new Literals();
        literals.collect(root);
        literals.endRun();
        return literals;
    }

    /** All of them, in order. */
    List<RequiredLiteral> required() {
        return List.copyOf(required);
    }

    /** The one that every match starts with, null if there is none. */
    RequiredLiteral prefix() {
        return prefix;
    }

    private void collect(final Node node) {
        if (node instanceof Node.OneOf single) {
            add(single.set());
        } else if (node instanceof Node.Sequence sequence) {
            sequence.parts().forEach(this::collect);
        } else if (node instanceof Node.Capture capture) {
            collect(capture.body());
        } else if (node instanceof Node.Atomic atomic) {
            collect(atomic.body());
        } else if (node instanceof Node.Repeat repeat) {
            collect(repeat);
        } else if (node instanceof Node.Choice || node instanceof Node.Reference) {
            endRun();
        }
        // what only looks takes nothing: what stands before and behind it is adjacent
    }

    private void collect(final Node.Repeat repeat) {
        final boolean single = repeat.body() instanceof Node.OneOf;
        final int copies = single ? Math.min(repeat.min(), LENGTH_MAX) : Math.min(repeat.min(), 1);
        for (int i = 0; i < copies; i++) {
            collect(repeat.body());
        }
        if (repeat.max() != copies) {
            endRun();
        }
    }

    private void add(final ByteSet set) {
        final boolean letter = set.isLetterInBothCases();
        if (!letter && set.size() != 1 || run.length() == LENGTH_MAX) {
            endRun();
        }
        if (letter || set.size() == 1) {
            run.append((char) set.first());
            runCaseless |= letter;
        }
    }

    private void endRun() {
        if (run.length() > 0) {
            for (int i = 0; runCaseless && i < run.length(); i++) {
                run.setCharAt(i, (char) ByteSet.lowerCase(run.charAt(i)));
            }
            final RequiredLiteral literal = new RequiredLiteral(run.toString(), runCaseless);
            required.add(literal);
            prefix = runIsPrefix ? literal : prefix;
        }
        run.setLength(0);
        runCaseless = false;
        runIsPrefix = false;
    }
}
