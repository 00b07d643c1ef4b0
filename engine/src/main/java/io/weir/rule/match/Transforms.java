package io.weir.rule.match;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Transform;
import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Changes of a buffer's bytes, one after the other. Immutable; any thread, each with memory of its own. */
public final class Transforms {
    /** None. */
    public static final Transforms NONE = new Transforms(List.of(), new Expressions());

    private final Transform.Kind[] kinds;
    private final byte[][] arguments;
    private final Regex[] expressions;

    private Transforms(final List<Transform> transforms, final Expressions with) {
        kinds = new Transform.Kind[transforms.size()];
        arguments = new byte[kinds.length][];
        expressions = new Regex[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            final Transform transform = transforms.get(i);
            kinds[i] = transform.kind();
            final Literal argument = transform.argument();
            arguments[i] = argument == null ? new byte[0] : argument.bytes();
            if (kinds[i] == Transform.Kind.PCREXFORM) {
                expressions[i] = with.of(new String(arguments[i], StandardCharsets.ISO_8859_1), "");
            } else if (kinds[i] == Transform.Kind.XOR && arguments[i].length == 0) {
                throw new IllegalArgumentException("xor needs a key");
            }
        }
    }

    /**
     * Compiles transforms.
     *
     * @throws IllegalArgumentException if an argument is wrong
     */
    public static Transforms of(final List<Transform> transforms, final Expressions expressions) {
        return transforms.isEmpty() ? NONE : new Transforms(transforms, expressions);
    }

    /** True if nothing is changed. */
    public boolean isNone() {
        return kinds.length == 0;
    }

    /** The bytes after all changes: the same view, or one of the scratch memory. */
    public Input apply(final Input in, final TransformScratch scratch, final Matching matching) {
        Input now = in;
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == Transform.Kind.PCREXFORM) {
                now = captured(expressions[i], now, scratch, matching);
            } else {
                now = scratch.transform(kinds[i], arguments[i], now);
            }
        }
        return now;
    }

    /** What the first group captured, or everything where the expression does not match. */
    private static Input captured(final Regex expression, final Input in, final TransformScratch scratch,
        final Matching matching) {
        final RegexMatcher matcher = matching.regexMatcher();
        if (expression.groupCount() < 1
            || matcher.find(expression, in.buffer(), 0, in.length(), 0) != RegexMatcher.Result.FOUND
            || matcher.start(1) < 0) {
            return in;
        }
        return scratch.copy(in, matcher.start(1), matcher.end(1) - matcher.start(1));
    }
}
