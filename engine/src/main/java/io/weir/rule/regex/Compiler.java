package io.weir.rule.regex;

import java.util.List;

/**
 * Turns a syntax tree into instructions: for the backtracker, or plain ones for the engines that follow all ways at
 * once,
 * where every repetition is written out.
 */
final class Compiler {
    private final Code.Builder code;
    private final boolean plain;
    /** The next slot for what the code itself remembers: parts that follow each other share theirs. */
    private int slot;

    private Compiler(final Code.Builder code, final boolean plain, final int groups) {
        this.code = code;
        this.plain = plain;
        this.slot = 2 * (groups + 1);
    }

    /** Instructions for the backtracker. */
    static Code compile(final PatternParser.Parsed parsed, final int limit) throws Code.TooLargeException {
        return compile(parsed, limit, false);
    }

    /** Plain instructions. The tree must be {@link #isPlain}. */
    static Code compilePlain(final PatternParser.Parsed parsed, final int limit) throws Code.TooLargeException {
        return compile(parsed, limit, true);
    }

    private static Code compile(final PatternParser.Parsed parsed, final int limit, final boolean plain)
        throws Code.TooLargeException {
        final Code.Builder code = new Code.Builder(limit);
        code.slot(2 * parsed.groups() + 1);
        new Compiler(code, plain, parsed.groups()).emit(parsed.root());
        code.add(Code.MATCH, 0);
        return code.build();
    }

    /** Whether a tree can be matched by following all ways at once. */
    static boolean isPlain(final Node node) {
        if (node instanceof Node.Sequence sequence) {
            return sequence.parts().stream().allMatch(Compiler::isPlain);
        } else if (node instanceof Node.Choice choice) {
            return choice.branches().stream().allMatch(Compiler::isPlain);
        } else if (node instanceof Node.Repeat repeat) {
            return repeat.greed() != Node.Greed.POSSESSIVE && isPlain(repeat.body());
        } else if (node instanceof Node.Capture capture) {
            return isPlain(capture.body());
        }
        return node instanceof Node.OneOf || node instanceof Node.Position;
    }

    private void emit(final Node node) throws Code.TooLargeException {
        if (node instanceof Node.OneOf single) {
            emit(single.set());
        } else if (node instanceof Node.Sequence sequence) {
            for (final Node part : sequence.parts()) {
                emit(part);
            }
        } else if (node instanceof Node.Choice choice) {
            emit(choice.branches(), false);
        } else if (node instanceof Node.Repeat repeat) {
            emit(repeat);
        } else if (node instanceof Node.Capture capture) {
            emit(capture);
        } else if (node instanceof Node.Atomic atomic) {
            emitAtomic(atomic.body());
        } else if (node instanceof Node.Look look) {
            emit(look);
        } else if (node instanceof Node.Reference reference) {
            code.add(Code.REFERENCE, reference.group(), reference.caseless() ? 1 : 0, 0);
        } else if (node instanceof Node.Position position) {
            code.add(Code.ASSERT, position.assertion());
        }
    }

    private void emit(final ByteSet set) throws Code.TooLargeException {
        if (set.size() == 1) {
            code.add(Code.BYTE, set.first());
        } else {
            code.add(Code.SET, code.set(set));
        }
    }

    private void emit(final List<Node> branches, final boolean behind) throws Code.TooLargeException {
        final int[] ends = new int[branches.size()];
        for (int i = 0; i < branches.size(); i++) {
            final boolean last = i == branches.size() - 1;
            final int split = last ? -1 : code.add(Code.SPLIT, code.position() + Code.STRIDE);
            if (behind) {
                code.add(Code.BACK, Width.least(branches.get(i)));
            }
            emit(branches.get(i));
            if (!last) {
                ends[i] = code.add(Code.JUMP, 0);
                code.land(split, 2);
            }
        }
        for (int i = 0; i < branches.size() - 1; i++) {
            code.land(ends[i], 1);
        }
    }

    private void emit(final Node.Capture capture) throws Code.TooLargeException {
        final int start = 2 * capture.group();
        final boolean refersToItself = !plain && refers(capture.body(), capture.group());
        if (refersToItself) {
            // what the group held before is what counts until it is left
            final int entered = code.slot(slot++);
            code.add(Code.SAVE, entered);
            emit(capture.body());
            code.add(Code.COPY, start, entered, 0);
            code.add(Code.SAVE, start + 1);
            slot--;
        } else {
            code.add(Code.SAVE, start);
            emit(capture.body());
            code.add(Code.SAVE, start + 1);
        }
    }

    private static boolean refers(final Node node, final int group) {
        if (node instanceof Node.Sequence sequence) {
            return sequence.parts().stream().anyMatch(part -> refers(part, group));
        } else if (node instanceof Node.Choice choice) {
            return choice.branches().stream().anyMatch(branch -> refers(branch, group));
        } else if (node instanceof Node.Repeat repeat) {
            return refers(repeat.body(), group);
        } else if (node instanceof Node.Capture capture) {
            return refers(capture.body(), group);
        } else if (node instanceof Node.Atomic atomic) {
            return refers(atomic.body(), group);
        } else if (node instanceof Node.Look look) {
            return refers(look.body(), group);
        }
        return node instanceof Node.Reference reference && reference.group() == group;
    }

    private void emitAtomic(final Node body) throws Code.TooLargeException {
        final int mark = code.slot(slot++);
        code.add(Code.MARK, mark);
        emit(body);
        code.add(Code.CUT, mark);
        slot--;
    }

    private void emit(final Node.Look look) throws Code.TooLargeException {
        final int mark = slot;
        code.slot(mark + 1);
        slot += 2;
        final int start = code.add(look.negative() ? Code.LOOK_NOT : Code.LOOK, mark);
        final Node body = look.body();
        if (body instanceof Node.Choice choice) {
            emit(choice.branches(), look.behind());
        } else {
            emit(List.of(body), look.behind());
        }
        code.add(look.negative() ? Code.LOOK_NOT_FOUND : Code.LOOK_FOUND, mark);
        code.land(start, 2);
        slot -= 2;
    }

    private void emit(final Node.Repeat repeat) throws Code.TooLargeException {
        final boolean single = repeat.body() instanceof Node.OneOf;
        if (single && !plain && (repeat.min() != 1 || repeat.max() != 1)) {
            final int op = switch (repeat.greed()) {
                case GREEDY -> Code.SPAN;
                case LAZY -> Code.LAZY_SPAN;
                case POSSESSIVE -> Code.POSSESSIVE_SPAN;
            };
            code.add(op, code.set(((Node.OneOf) repeat.body()).set()), repeat.min(), repeat.max());
        } else if (repeat.greed() == Node.Greed.POSSESSIVE) {
            emitAtomic(new Node.Repeat(repeat.body(), repeat.min(), repeat.max(), Node.Greed.GREEDY));
        } else if (repeat.max() == Node.Repeat.UNLIMITED) {
            emitUnlimited(repeat);
        } else {
            emitCopies(repeat.body(), repeat.min());
            final int optional = repeat.max() - repeat.min();
            final int[] splits = new int[optional];
            for (int i = 0; i < optional; i++) {
                splits[i] = split(repeat.greed());
                emit(repeat.body());
            }
            for (final int split : splits) {
                landSplit(split, repeat.greed());
            }
        }
    }

    private void emitCopies(final Node body, final int count) throws Code.TooLargeException {
        for (int i = 0; i < count; i++) {
            final int before = code.position();
            emit(body);
            if (code.position() == before) {
                return;
            }
        }
    }

    /** Copies as required, the last of which repeats itself. */
    private void emitUnlimited(final Node.Repeat repeat) throws Code.TooLargeException {
        emitCopies(repeat.body(), repeat.min() - 1);
        final int skip = repeat.min() == 0 ? split(repeat.greed()) : -1;
        final int body = code.position();
        final boolean guarded = !plain && Width.least(repeat.body()) == 0;
        final int start = slot;
        if (guarded) {
            code.add(Code.SAVE, code.slot(slot++));
        }
        emit(repeat.body());
        final int loop = guarded ? code.add(Code.LOOP, start) : -1;
        final int again = split(repeat.greed());
        code.aim(again, repeat.greed() == Node.Greed.GREEDY ? 1 : 2, body);
        landSplit(again, repeat.greed());
        if (guarded) {
            code.land(loop, 2);
            slot--;
        }
        if (skip >= 0) {
            landSplit(skip, repeat.greed());
        }
    }

    /** A way into what follows, tried first if greedy; the way past it is open. */
    private int split(final Node.Greed greed) throws Code.TooLargeException {
        final int next = code.position() + Code.STRIDE;
        return code.add(Code.SPLIT, greed == Node.Greed.GREEDY ? next : 0, greed == Node.Greed.GREEDY ? 0 : next, 0);
    }

    /** Leads the way past to here. */
    private void landSplit(final int split, final Node.Greed greed) {
        code.land(split, greed == Node.Greed.GREEDY ? 2 : 1);
    }
}
