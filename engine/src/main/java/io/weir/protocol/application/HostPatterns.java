package io.weir.protocol.application;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Numbers by first labels and suffixes of host names: {@code one.*.two.example}, where the star stands for at least one
 * label. A few, asked one by one, the longest first. Immutable; look-ups allocate nothing.
 */
final class HostPatterns {
    private static final String STAR = "*";

    private final byte[][] firsts;
    private final byte[][] lasts;
    private final int[] numbers;

    /**
     * Makes them.
     *
     * @param entries number, from 1, by pattern in lower case ASCII
     */
    HostPatterns(final Map<String, Integer> entries) {
        final List<String> patterns = entries.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder())).toList();
        firsts = patterns.stream().map(pattern -> ascii(pattern.substring(0, pattern.indexOf(STAR))))
            .toArray(byte[][]::new);
        lasts = patterns.stream().map(pattern -> ascii(pattern.substring(pattern.indexOf(STAR) + 1)))
            .toArray(byte[][]::new);
        numbers = patterns.stream().mapToInt(entries::get).toArray();
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Number of the pattern that a host name fits, or 0. */
    int find(final Bytes bytes, final int from, final int to) {
        for (int i = 0; i < numbers.length; i++) {
            final byte[] first = firsts[i];
            final byte[] last = lasts[i];
            if (to - from > first.length + last.length && bytes.matchesIgnoringCase(to - last.length, last)
                && bytes.matchesIgnoringCase(from, first)) {
                return numbers[i];
            }
        }
        return 0;
    }
}
