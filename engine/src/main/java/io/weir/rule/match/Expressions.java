package io.weir.rule.match;

import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexSyntaxException;
import java.util.HashMap;
import java.util.Map;

/**
 * What conditions about text share in one compilation of rules: regular expressions, each compiled once, however many
 * rules have it, and the suffixes of names. One thread.
 */
public final class Expressions {
    private final Map<String, Regex> compiled = new HashMap<>();
    private final PublicSuffixes suffixes;

    /** Without suffixes. */
    public Expressions() {
        this(PublicSuffixes.NONE);
    }

    /** With these suffixes. */
    public Expressions(final PublicSuffixes suffixes) {
        this.suffixes = suffixes;
    }

    PublicSuffixes suffixes() {
        return suffixes;
    }

    /**
     * The compiled form of an expression.
     *
     * @throws IllegalArgumentException if it is not well formed, with the reason
     */
    public Regex of(final String pattern, final String flags) {
        final String key = flags + "/" + pattern;
        Regex regex = compiled.get(key);
        if (regex == null) {
            try {
                regex = Regex.compile(pattern, flags);
            } catch (final RegexSyntaxException e) {
                throw new IllegalArgumentException("regular expression " + pattern + ": " + e.getMessage(), e);
            }
            compiled.put(key, regex);
        }
        return regex;
    }
}
