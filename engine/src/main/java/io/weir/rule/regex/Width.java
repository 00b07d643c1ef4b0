package io.weir.rule.regex;

/** How many bytes a node takes, at least and at most. */
final class Width {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private Width() {
    }

    static int least(final Node node) {
        return of(node, false);
    }

    /** {@link #UNLIMITED} if there is no end to it. */
    static int most(final Node node) {
        return of(node, true);
    }

    private static int of(final Node node, final boolean most) {
        if (node instanceof Node.OneOf) {
            return 1;
        } else if (node instanceof Node.Sequence sequence) {
            long sum = 0;
            for (final Node part : sequence.parts()) {
                sum = cut(sum + of(part, most));
            }
            return (int) sum;
        } else if (node instanceof Node.Choice choice) {
            int width = most ? 0 : UNLIMITED;
            for (final Node branch : choice.branches()) {
                width = most ? Math.max(width, of(branch, true)) : Math.min(width, of(branch, false));
            }
            return width;
        } else if (node instanceof Node.Repeat repeat) {
            final long body = of(repeat.body(), most);
            return body == 0 ? 0 : (int) cut(body * (most ? repeat.max() : repeat.min()));
        } else if (node instanceof Node.Capture capture) {
            return of(capture.body(), most);
        } else if (node instanceof Node.Atomic atomic) {
            return of(atomic.body(), most);
        } else if (node instanceof Node.Reference) {
            return most ? UNLIMITED : 0;
        }
        return 0;
    }

    private static long cut(final long width) {
        return Math.min(UNLIMITED, width);
    }
}
