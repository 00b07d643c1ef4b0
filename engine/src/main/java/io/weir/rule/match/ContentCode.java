package io.weir.rule.match;

import io.weir.rule.model.Step.Content;
import java.util.Map;

/** Looks for literal bytes. */
final class ContentCode extends StepCode {
    private final Needle needle;
    private final boolean negated;
    private final boolean relative;
    private final boolean startsWith;
    private final boolean endsWith;
    private final Operand offset;
    private final Operand depth;
    private final Operand distance;
    private final Operand within;

    ContentCode(final Content content, final Map<String, Integer> slots) {
        needle = new Needle(content.bytes(), content.noCase());
        negated = content.negated();
        relative = content.isRelative();
        startsWith = content.startsWith();
        endsWith = content.endsWith();
        offset = Operand.of(content.offset(), slots);
        depth = Operand.of(content.depth(), slots);
        distance = Operand.of(content.distance(), slots);
        within = Operand.of(content.within(), slots);
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        final long base = in.base();
        final long away = distance == null ? 0 : distance.get(matching);
        final long start = offset == null ? 0 : offset.get(matching);
        long from = relative ? Math.max(0, place + away) : 0;
        long to = in.length();
        if (within != null) {
            to = Math.min(to, place + away + within.get(matching));
        }
        if (startsWith) {
            to = Math.min(to, needle.length() - base);
        } else if (offset != null) {
            from = Math.max(from, start - base);
        }
        if (depth != null) {
            to = Math.min(to, (relative ? place : start - base) + depth.get(matching));
        }
        if (endsWith) {
            from = Math.max(from, in.length() - needle.length());
        }
        return negated ? runNegated(matching, in, place, from, to) : runFrom(matching, in, from, to);
    }

    private boolean runNegated(final Matching matching, final Input in, final int place, final long from,
        final long to) {
        if (from <= to && needle.find(in, (int) from, (int) to) >= 0) {
            return false;
        }
        return matching.pay((int) Math.max(0, to - from)) && next.run(matching, in, place);
    }

    private boolean runFrom(final Matching matching, final Input in, final long first, final long to) {
        long from = first;
        while (from <= to) {
            final int found = needle.find(in, (int) from, (int) to);
            if (!matching.pay((found < 0 ? (int) to : found) - (int) from) || found < 0) {
                return false;
            }
            if (next.run(matching, in, found + needle.length())) {
                return true;
            }
            if (!placeMatters) {
                return false;
            }
            from = found + 1L;
        }
        return false;
    }

    @Override
    boolean isRelative() {
        return relative;
    }

    @Override
    boolean setsPlace() {
        return !negated && !relative;
    }
}
