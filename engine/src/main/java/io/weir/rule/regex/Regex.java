package io.weir.rule.regex;

import java.util.List;
import java.util.Map;

/**
 * A regular expression over bytes, in the syntax of PCRE. Immutable; any number of threads may match with it, each with
 * a {@link RegexMatcher} of its own.
 *
 * <p>An expression is a string of characters up to U+00FF, one for each byte. Classes such as {@code \w} and case know
 * ASCII alone. Conditions, recursion, callouts, {@code \K}, {@code \X}, {@code \p} and verbs are refused.
 */
public final class Regex {
    static final int GROUPS_MAX = 255;
    static final int PLAIN_INSTRUCTIONS_MAX = 4096;
    private static final int INSTRUCTIONS_MAX = 1 << 15;
    /** Of groups, and of what code of deeply nested groups remembers: two for each. */
    static final int SLOTS_MAX = 2 * (GROUPS_MAX + 1) + 4 * PatternParser.DEPTH_MAX;

    final Code code;
    final Prefilter prefilter;
    /** Whether a match can start only where the search does. */
    final boolean anchored;
    /** Null if the expression cannot be matched in linear time. */
    final Automaton automaton;

    private final String pattern;
    private final int groupCount;
    private final Map<String, Integer> names;
    private final List<RequiredLiteral> requiredLiterals;

    private Regex(final String pattern, final PatternParser.Parsed parsed) throws RegexSyntaxException {
        this.pattern = pattern;
        this.groupCount = parsed.groups();
        this.names = parsed.names();
        final Literals literals = Literals.of(parsed.root());
        this.requiredLiterals = literals.required();
        this.prefilter = new Prefilter(parsed.root(), literals);
        this.anchored = Start.isAnchored(parsed.root());
        try {
            this.code = Compiler.compile(parsed, INSTRUCTIONS_MAX);
        } catch (final Code.TooLargeException e) {
            throw new RegexSyntaxException(0, "the expression is too large with all its repetitions written out");
        }
        this.automaton = automaton(parsed, anchored);
    }

    private static Automaton automaton(final PatternParser.Parsed parsed, final boolean anchored) {
        if (!Compiler.isPlain(parsed.root())) {
            return null;
        }
        try {
            final Code plain = Compiler.compilePlain(parsed, PLAIN_INSTRUCTIONS_MAX);
            return plain.size() * plain.slots > PikeMachine.CELLS_MAX ? null : new Automaton(plain, anchored);
        } catch (final Code.TooLargeException e) {
            return null;
        }
    }

    /** Compiles an expression without flags. */
    public static Regex compile(final String pattern) throws RegexSyntaxException {
        return compile(pattern, "");
    }

    /**
     * Compiles an expression.
     *
     * @param pattern the expression, without delimiters.
     * @param flags   any of the letters {@code i} (caseless), {@code s} (a dot matches line feeds), {@code m} (multiple
     *                lines), {@code x} (extended: space and comments are left out), {@code A} (anchored where the
     * search
     *                starts), {@code E} (a dollar matches at the very end only), {@code G} (ungreedy).
     * @throws RegexSyntaxException     if the expression is not well formed, too large, or uses what is not supported.
     * @throws IllegalArgumentException if there is no such flag.
     */
    public static Regex compile(final String pattern, final String flags) throws RegexSyntaxException {
        return new Regex(pattern, PatternParser.parse(pattern, Flags.of(flags)));
    }

    /** The expression as it was given. */
    public String pattern() {
        return pattern;
    }

    /** How many capturing groups there are, the whole match not counted. */
    public int groupCount() {
        return groupCount;
    }

    /** The number of a named group, or -1 if there is none of that name. */
    public int group(final String name) {
        return names.getOrDefault(name, -1);
    }

    /**
     * Whether matching takes time linear in the input, so that it never ends at a limit. Else, with references back,
     * assertions around, groups that do not give back or very many instructions, the number of steps is limited.
     */
    public boolean isLinear() {
        return automaton != null;
    }

    /** What occurs in every match, all of it, in this order and without overlap; empty if nothing is known to. */
    public List<RequiredLiteral> requiredLiterals() {
        return requiredLiterals;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
