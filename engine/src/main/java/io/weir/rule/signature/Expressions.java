package io.weir.rule.signature;

import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexSyntaxException;

/** Sees whether an expression can be matched. */
final class Expressions {
    private static final int LONGEST = 8_192;

    private Expressions() {
    }

    static void check(final String pattern, final String flags) throws RejectedException {
        if (pattern.length() > LONGEST) {
            throw RejectedException.unsupported("an expression with flags \"" + flags + "\" is longer than " + LONGEST
                + " characters");
        }
        try {
            Regex.compile(pattern, flags);
        } catch (final RegexSyntaxException e) {
            throw RejectedException.unsupported("the expression cannot be matched: " + e.getMessage()
                + ", at its character " + (e.position() + 1));
        }
    }
}
