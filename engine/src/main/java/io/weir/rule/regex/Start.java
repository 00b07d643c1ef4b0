package io.weir.rule.regex;

/**
 * How what a node matches starts.
 *
 * @param bytes    with which bytes.
 * @param nullable whether it may take no byte, or something else decides with which one it starts.
 */
record Start(ByteSet bytes, boolean nullable) {
    private static final Start NOTHING = new Start(ByteSet.NONE, true);

    static Start of(final Node node) {
        if (node instanceof Node.OneOf single) {
            return new Start(single.set(), false);
        } else if (node instanceof Node.Sequence sequence) {
            Start start = NOTHING;
            for (final Node part : sequence.parts()) {
                final Start next = of(part);
                start = new Start(start.bytes.or(next.bytes), next.nullable);
                if (!next.nullable) {
                    break;
                }
            }
            return start;
        } else if (node instanceof Node.Choice choice) {
            Start start = new Start(ByteSet.NONE, false);
            for (final Node branch : choice.branches()) {
                final Start other = of(branch);
                start = new Start(start.bytes.or(other.bytes), start.nullable || other.nullable);
            }
            return start;
        } else if (node instanceof Node.Repeat repeat) {
            final Start body = of(repeat.body());
            return repeat.max() == 0 ? NOTHING : new Start(body.bytes, body.nullable || repeat.min() == 0);
        } else if (node instanceof Node.Capture capture) {
            return of(capture.body());
        } else if (node instanceof Node.Atomic atomic) {
            return of(atomic.body());
        } else if (node instanceof Node.Reference) {
            return new Start(ByteSet.ALL, true);
        }
        return NOTHING;
    }

    /** Whether a match can start only where the search does, or where the input does. */
    static boolean isAnchored(final Node node) {
        if (node instanceof Node.Position position) {
            return position.assertion() == Assertion.START || position.assertion() == Assertion.SEARCH_START;
        } else if (node instanceof Node.Sequence sequence) {
            return !sequence.parts().isEmpty() && isAnchored(sequence.parts().get(0));
        } else if (node instanceof Node.Choice choice) {
            return choice.branches().stream().allMatch(Start::isAnchored);
        } else if (node instanceof Node.Capture capture) {
            return isAnchored(capture.body());
        } else if (node instanceof Node.Atomic atomic) {
            return isAnchored(atomic.body());
        }
        return false;
    }
}
