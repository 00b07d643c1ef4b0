package io.weir.rule.match;

import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexSyntaxException;
import java.util.HashMap;
import java.util.Map;

/** Compiles regular expressions, each once, however many rules have it. For one compilation of rules; one thread. */
public final class Expressions {
    private final Map<String, Regex> compiled = new HashMap<>();

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
