package io.weir.rule.match;

import io.weir.rule.model.Step.DecodeBase64;
import java.util.Map;

/** Has the steps behind it asked of what it decodes. */
final class Base64Code extends StepCode {
    private final Operand bytes;
    private final Operand offset;
    private final boolean relative;

    Base64Code(final DecodeBase64 step, final Map<String, Integer> slots) {
        bytes = Operand.of(step.bytes(), slots);
        offset = Operand.of(step.offset(), slots);
        relative = step.relative();
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        final long from = (relative ? place : -in.base()) + (offset == null ? 0 : offset.get(matching));
        if (from < 0 || from >= in.length()) {
            return false;
        }
        final long wanted = bytes == null ? 0 : bytes.get(matching);
        final int count = (int) (wanted > 0 ? Math.min(wanted, in.length() - from) : in.length() - from);
        final byte[] target = matching.decodedBytes();
        if (!matching.pay(count)) {
            return false;
        }
        final int decoded = Base64.decode(in, (int) from, count, target);
        return decoded > 0 && next.run(matching, matching.decoded().wrap(target, 0, decoded), 0);
    }

    @Override
    boolean isRelative() {
        return relative;
    }

    @Override
    boolean changesInput() {
        return true;
    }
}
