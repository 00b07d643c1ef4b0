package io.weir.rule.pattern;

import java.util.Map;
import java.util.TreeMap;

/** What a scan must say, by looking at every place for every pattern. */
final class PatternModel {
    private PatternModel() {
    }

    /**
     * The patterns found in {@code text[from..to)} with the end of the first match of each, where a match may begin
     * before {@code from} but not before {@code origin}, and {@code text[0]} has the offset {@code base}.
     */
    static Map<Integer, Long> scan(final PatternSet set, final byte[] text, final int origin, final int from,
        final int to, final long base) {
        final Map<Integer, Long> found = new TreeMap<>();
        for (int pattern = 0; pattern < set.size(); pattern++) {
            final PatternSet.Literal literal = set.literal(pattern);
            final int length = literal.bytes().length;
            for (int end = Math.max(from + 1, origin + length); end <= to; end++) {
                if (matches(literal, text, end - length) && base + end - length >= literal.earliestStart()
                    && (literal.latestEnd() == PatternSet.UNBOUNDED || base + end <= literal.latestEnd())) {
                    found.put(pattern, base + end);
                    break;
                }
            }
        }
        return found;
    }

    private static boolean matches(final PatternSet.Literal literal, final byte[] text, final int start) {
        for (int i = 0; i < literal.bytes().length; i++) {
            final byte there = text[start + i];
            if (literal.bytes()[i] != (literal.noCase() ? lower(there) : there)) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(final byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b - 'A' + 'a') : b;
    }
}
