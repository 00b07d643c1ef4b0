package io.weir.rule.regex;

import java.util.List;
import org.agrona.UnsafeApi;

/**
 * What is looked at before an engine starts: whether a match is possible at all, and where one may start.
 * Immutable.
 */
final class Prefilter {
    /** Sets with more members hardly skip anything. */
    private static final int SELECTIVE = 192;

    private final int least;
    /** Null if there is no such literal, or it is the prefix. */
    private final LiteralSearch inner;
    private final LiteralSearch prefix;
    /** Null if a match may start with nearly any byte, or with none. */
    private final boolean[] first;

    Prefilter(final Node root, final Literals literals) {
        least = Width.least(root);
        final Start start = Start.of(root);
        final RequiredLiteral begins = literals.prefix();
        final List<RequiredLiteral> required = literals.required();
        RequiredLiteral longest = null;
        for (final RequiredLiteral literal : required) {
            if (longest == null || literal.text().length() > longest.text().length()) {
                longest = literal;
            }
        }
        prefix = begins == null ? null : new LiteralSearch(begins);
        inner = longest == null || longest.equals(begins) ? null : new LiteralSearch(longest);
        first = prefix != null || start.nullable() || start.bytes().size() > SELECTIVE ? null
            : start.bytes().toTable();
    }

    /** Whether the rest of the input may contain a match. */
    boolean mayMatch(final Input in, final int from) {
        return in.length - from >= least && (inner == null || inner.find(in, from) >= 0);
    }

    /** Whether {@link #nextStart} is likely to leave places out. */
    boolean skips() {
        return prefix != null || first != null;
    }

    /** The first place at {@code from} or later where a match may start, -1 if there is none. */
    int nextStart(final Input in, final int from) {
        if (prefix != null) {
            return prefix.find(in, from);
        }
        if (first == null) {
            return from <= in.length ? from : -1;
        }
        final Object base = in.base;
        final long address = in.address;
        for (int at = from; at < in.length; at++) {
            if (first[UnsafeApi.getByte(base, address + at) & 0xff]) {
                return at;
            }
        }
        return -1;
    }
}
