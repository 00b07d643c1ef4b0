package io.weir.rule.match;

import io.weir.rule.model.Step.ByteJump;
import io.weir.rule.model.Step.JumpFrom;
import java.util.Map;

/** Moves the place by a number that the bytes hold. */
final class ByteJumpCode extends StepCode {
    private final NumberReader reader;
    private final long multiplier;
    private final boolean align;
    private final JumpFrom from;
    private final Operand postOffset;

    ByteJumpCode(final ByteJump jump, final Map<String, Integer> slots) {
        reader = new NumberReader(jump.reading(), slots);
        multiplier = jump.multiplier();
        align = jump.align();
        from = jump.from();
        postOffset = Operand.of(jump.postOffset(), slots);
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        if (!matching.pay(0) || !reader.read(matching, in, place)) {
            return false;
        }
        final Matching.NumberPlace read = matching.place();
        long by = read.value * multiplier;
        if (align) {
            by = by + 3 & ~3L;
        }
        by += postOffset == null ? 0 : postOffset.get(matching);
        final long start = switch (from) {
            case READING -> read.at + read.length;
            case BEGINNING -> -in.base();
            case END -> in.length();
        };
        // what is too far in one direction must not come round to the other
        final long to = by > Integer.MAX_VALUE || by < Integer.MIN_VALUE ? -1 : start + by;
        return to >= 0 && to < in.length() && next.run(matching, in, (int) to);
    }

    @Override
    boolean isRelative() {
        return reader.isRelative();
    }

    @Override
    boolean setsPlace() {
        return !reader.isRelative();
    }
}
