package io.weir.rule.match;

/**
 * The suffixes under which names are registered, as the list of https://publicsuffix.org has them: rules, wildcards for
 * any one label, and exceptions from these. Immutable; any thread, allocates nothing.
 */
public final class PublicSuffixes {
    /** Knows none: every last label is a suffix. */
    public static final PublicSuffixes NONE = new PublicSuffixes(new ValueSet(0), new ValueSet(0), new ValueSet(0));

    /** Longer names do not exist, RFC 1035. */
    private static final int LONGEST = 255;

    private final ValueSet rules;
    private final ValueSet parents;
    private final ValueSet exceptions;

    /**
     * Makes one of sets that do not change any more.
     *
     * @param rules      suffixes
     * @param parents    names each of whose next labels makes a suffix
     * @param exceptions names that are none though their parent is in {@code parents}
     */
    public PublicSuffixes(final ValueSet rules, final ValueSet parents, final ValueSet exceptions) {
        this.rules = rules;
        this.parents = parents;
        this.exceptions = exceptions;
    }

    /** Where the suffix of a name in lower case begins; its last label if there is no rule for it. */
    int suffix(final Input name) {
        for (int from = name.length() > LONGEST ? name.length() : 0; from < name.length(); from = next(name, from)) {
            final int parent = next(name, from);
            if (exceptions.contains(name, from)) {
                return parent;
            }
            if (rules.contains(name, from) || parent < name.length() && parents.contains(name, parent)) {
                return from;
            }
        }
        return lastDot(name, name.length()) + 1;
    }

    /** Where the name begins that was registered: one label more than the suffix, if there is one. */
    int registered(final Input name) {
        final int suffix = suffix(name);
        return suffix == 0 ? 0 : lastDot(name, suffix - 1) + 1;
    }

    /** Behind the next dot, or the end. */
    private static int next(final Input name, final int from) {
        int at = from;
        while (at < name.length() && name.at(at) != '.') {
            at++;
        }
        return Math.min(name.length(), at + 1);
    }

    /** The last dot before a place, or -1. */
    private static int lastDot(final Input name, final int before) {
        int at = before - 1;
        while (at >= 0 && name.at(at) != '.') {
            at--;
        }
        return at;
    }
}
