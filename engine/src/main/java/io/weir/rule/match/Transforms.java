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

    private final Transform[] transforms;
    private final byte[][] arguments;
    private final Regex[] expressions;
    private final PublicSuffixes suffixes;

    private Transforms(final List<Transform> asked, final Expressions with) {
        transforms = asked.toArray(new Transform[0]);
        arguments = new byte[transforms.length][];
        expressions = new Regex[transforms.length];
        suffixes = with.suffixes();
        for (int i = 0; i < transforms.length; i++) {
            final Literal argument = transforms[i].argument();
            arguments[i] = argument == null ? new byte[0] : argument.bytes();
            if (transforms[i].kind() == Transform.Kind.PCREXFORM) {
                expressions[i] = with.of(new String(arguments[i], StandardCharsets.ISO_8859_1), "");
            } else if (transforms[i].kind() == Transform.Kind.XOR && arguments[i].length == 0) {
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
        return transforms.length == 0;
    }

    /** The bytes after all changes: the same view, or one of the scratch memory. */
    public Input apply(final Input in, final TransformScratch scratch, final Matching matching) {
        Input now = in;
        for (int i = 0; i < transforms.length; i++) {
            now = switch (transforms[i].kind()) {
                case PCREXFORM -> captured(expressions[i], now, scratch, matching);
                case FROM_BASE64, FROM_BASE64_STRICT, FROM_BASE64_LENIENT -> scratch.base64(transforms[i], now);
                case DOMAIN -> scratch.copy(now, suffixes.registered(now));
                case TLD -> scratch.copy(now, suffixes.suffix(now));
                case GUNZIP, ZLIB_DEFLATE -> scratch.unpacked(transforms[i], now);
                case SUBSLICE, SUBSLICE_TRUNCATE -> part(transforms[i], now, scratch);
                default -> scratch.transform(transforms[i].kind(), arguments[i], now);
            };
        }
        return now;
    }

    /** A part of a buffer; where its end lies before its begin, what lies between the two. */
    private static Input part(final Transform asked, final Input in, final TransformScratch scratch) {
        final int length = in.length();
        final int from = asked.from() < 0 ? length + asked.from() : asked.from();
        final int to = asked.count() == 0 ? length
            : asked.count() < 0 ? length + asked.count() : Math.max(0, Math.min(from, length)) + asked.count();
        if (asked.kind() == Transform.Kind.SUBSLICE && (from < 0 || from > length || to < 0 || to > length)) {
            return scratch.copy(in, 0, 0);
        }
        final int begin = Math.max(0, Math.min(from, length));
        final int end = Math.max(0, Math.min(to, length));
        return scratch.copy(in, Math.min(begin, end), Math.min(Math.abs(end - begin), TransformScratch.MOST));
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
