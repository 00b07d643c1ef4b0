package io.weir.rule.compile;

import java.util.ArrayList;
import java.util.List;

/** Divides an expression at its outermost bars. */
final class Alternatives {
    private Alternatives() {
    }

    /**
     * The alternatives that an expression is made of, each an expression of its own that matches where it does; the
     * whole expression where it cannot be divided: references back would mean other groups.
     */
    static List<String> of(final String pattern, final String flags) {
        final List<String> whole = List.of(pattern);
        if (flags.indexOf('x') >= 0 || pattern.indexOf('|') < 0 || pattern.startsWith("(?") || refersBack(pattern)) {
            return whole;
        }
        final List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> {
                    if (i + 1 < pattern.length() && pattern.charAt(i + 1) == 'Q') {
                        return whole;
                    }
                    i++;
                }
                case '[' -> i = classEnd(pattern, i);
                case '(' -> depth++;
                case ')' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        parts.add(pattern.substring(from, i));
                        from = i + 1;
                    }
                }
                default -> {
                    // part of an alternative
                }
            }
        }
        parts.add(pattern.substring(from));
        return parts;
    }

    private static boolean refersBack(final String pattern) {
        for (int i = 0; i + 1 < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                final char next = pattern.charAt(++i);
                if (next >= '1' && next <= '9' || next == 'k' || next == 'g') {
                    return true;
                }
            }
        }
        return pattern.contains("(?P=");
    }

    /** Place of the bracket that ends a class; one that comes first is a member. */
    private static int classEnd(final String pattern, final int start) {
        int i = start + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            if (pattern.charAt(i) == '\\') {
                i++;
            } else if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i) > 0) {
                i = pattern.indexOf(":]", i) + 1;
            }
            i++;
        }
        return i;
    }
}
