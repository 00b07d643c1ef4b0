package io.weir.rule.regex;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/** Searches in strings, one byte for each character, and answers that can be read. */
final class Searches {
    private Searches() {
    }

    static UnsafeBuffer buffer(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Regex compile(final String pattern, final String flags) {
        try {
            return Regex.compile(pattern, flags);
        } catch (final RegexSyntaxException e) {
            throw new AssertionError(pattern + " at " + e.position() + ": " + e.getMessage(), e);
        }
    }

    /** {@code 0-3 1-2 -} for the match and its groups, {@code no} for none, {@code limit}. */
    static String find(final RegexMatcher matcher, final Regex regex, final String input, final int from) {
        final UnsafeBuffer buffer = buffer(input);
        return switch (matcher.find(regex, buffer, 0, buffer.capacity(), from)) {
            case NOT_FOUND -> "no";
            case LIMIT -> "limit";
            case FOUND -> {
                final StringJoiner groups = new StringJoiner(" ");
                for (int i = 0; i <= regex.groupCount(); i++) {
                    groups.add(matcher.start(i) < 0 ? "-" : matcher.start(i) + "-" + matcher.end(i));
                }
                yield groups.toString();
            }
        };
    }
}
