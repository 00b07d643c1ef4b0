package io.weir.output;

import java.util.Locale;

/** Figures as people read them: three or four digits and a unit, decimal multiples. */
public final class HumanUnits {
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String[] PLAIN = {"", " k", " M", " G", " T", " P", " E"};

    private HumanUnits() {
    }

    /** A count with its thousands apart. */
    public static String count(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Bytes, as {@code 1.23 GB}. */
    public static String bytes(final long value) {
        return scaled((double) value, BYTES, " ");
    }

    /** A large number, as {@code 6.12 M}. */
    public static String large(final double value) {
        return scaled(value, PLAIN, "");
    }

    /** A share of a whole, as {@code 97.1 %}. */
    public static String share(final long part, final long whole) {
        return whole <= 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** A duration in ns, as {@code 1.23 ms}, {@code 45.6 s} or {@code 3:25:45}. */
    public static String duration(final long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return digits(ns / 1e3) + " us";
        }
        if (ns < 1_000_000_000) {
            return digits(ns / 1e6) + " ms";
        }
        if (ns < 60_000_000_000L) {
            return digits(ns / 1e9) + " s";
        }
        final long seconds = ns / 1_000_000_000L;
        return seconds < 3_600
            ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
            : String.format(Locale.ROOT, "%d:%02d:%02d h", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    private static String scaled(final double value, final String[] units, final String gap) {
        double rest = value;
        int unit = 0;
        while (rest >= 999.5 && unit < units.length - 1) {
            rest /= 1_000;
            unit++;
        }
        final String digits = unit == 0 && rest == Math.rint(rest) ? Long.toString((long) rest) : digits(rest);
        return digits + gap + units[unit];
    }

    private static String digits(final double value) {
        final String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
