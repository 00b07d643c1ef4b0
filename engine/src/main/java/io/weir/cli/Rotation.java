package io.weir.cli;

import io.weir.output.PrintableText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When to go on to the next file of a series.
 *
 * @param maxBytes a file ends before it is longer, 0 for no limit
 * @param maxAgeNs a file ends after this time, 0 for no limit
 */
record Rotation(long maxBytes, long maxAgeNs) {
    static final Rotation NEVER = new Rotation(0, 0);

    private static final long MIN_BYTES = 4096;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,9})\\s*([A-Za-z]+)");
    private static final Map<String, Long> BYTES = Map.of("kB", 1000L, "KB", 1000L, "MB", 1_000_000L, "GB",
        1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> NS = Map.of("s", SECOND_NS, "min", 60 * SECOND_NS, "h", 3600 * SECOND_NS,
        "d", 86_400 * SECOND_NS);

    /** Reads a size or a time; fails with a line that says what is allowed. */
    static Rotation parse(final String text) {
        final Matcher matcher = QUANTITY.matcher(text);
        if (matcher.matches()) {
            final long number = Long.parseLong(matcher.group(1));
            final long bytes = Math.multiplyExact(number, BYTES.getOrDefault(matcher.group(2), 0L));
            final long unitNs = NS.getOrDefault(matcher.group(2), 0L);
            if (bytes >= MIN_BYTES) {
                return new Rotation(bytes, 0);
            }
            if (number > 0 && unitNs > 0) {
                return new Rotation(0, number <= Long.MAX_VALUE / unitNs ? number * unitNs : Long.MAX_VALUE);
            }
        }
        throw CommandException.usage("--rotate " + PrintableText.of(text)
            + ": must be a size of 4 KiB or more, as 100MB or 1GiB, or a time, as 30s, 10min, 1h or 1d");
    }
}
