package io.weir.rule.signature;

import io.weir.rule.model.NumberSet;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as rules write them: {@code 5}, {@code !5}, {@code <5}, {@code >=5}, {@code 5<>9}, {@code 5-9},
 * {@code !5-9}, {@code &0xf0=0x80} and {@code &0xf0!=0x80}, each in units of {@code kb}, {@code mb} or {@code gb} if
 * they say so. Both ends of a range are left out, as Suricata does.
 */
final class Numbers {
    private static final Pattern RANGE = Pattern.compile("(!)?\\s*([^<>=!&-]+)(?:<>|-)([^<>=!&-]+)");
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|!=|<|>|=|!)?\\s*([^<>=!]+)");

    private static final Pattern MASKED = Pattern.compile("&([^<>=!&]+)(!)?=([^<>=!&]+)");
    private static final Pattern UNIT = Pattern.compile("([0-9]+)\\s*([kmg])i?b");

    private Numbers() {
    }

    /** What numbers a text accepts. */
    static NumberSet set(final String text) throws RejectedException {
        return set(text, Map.of());
    }

    /** The same, where words stand for numbers. */
    static NumberSet set(final String text, final Map<String, Long> words) throws RejectedException {
        final Matcher range = RANGE.matcher(text);
        if (range.matches() && !isWord(text, words)) {
            final long from = number(range.group(2), words);
            final long to = number(range.group(3), words);
            if (to - from < 2) {
                throw RejectedException.error("there is no number between " + from + " and " + to);
            }
            final NumberSet between = NumberSet.between(from + 1, to - 1);
            return range.group(1) == null ? between : between.not();
        }
        final Matcher masked = MASKED.matcher(text);
        if (masked.matches()) {
            return masked(number(masked.group(1), words), number(masked.group(3), words), masked.group(2) != null);
        }
        final Matcher compared = COMPARED.matcher(text);
        if (!compared.matches()) {
            throw RejectedException.error('"' + Option.shown(text) + "\" is no number; write for example 5, !5, <5, "
                + ">=5 or 5<>9");
        }
        return compare(compared.group(1), number(compared.group(2), words));
    }

    private static NumberSet masked(final long mask, final long value, final boolean negated)
        throws RejectedException {
        if (mask <= 0 || (value & ~mask) != 0) {
            throw RejectedException.error("no number has 0x" + Long.toHexString(value) + " of the bits 0x"
                + Long.toHexString(mask));
        }
        return negated ? NumberSet.masked(mask, value).not() : NumberSet.masked(mask, value);
    }

    private static boolean isWord(final String text, final Map<String, Long> words) {
        return words.keySet().stream().anyMatch(text::equalsIgnoreCase);
    }

    static NumberSet compare(final String operator, final long number) throws RejectedException {
        return switch (operator == null ? "=" : operator) {
            case "<" -> below(number - 1);
            case "<=" -> below(number);
            case ">" -> number == Long.MAX_VALUE ? NumberSet.between(Long.MIN_VALUE, Long.MAX_VALUE).not()
                : NumberSet.between(number + 1, Long.MAX_VALUE);
            case ">=" -> NumberSet.between(number, Long.MAX_VALUE);
            case "!", "!=" -> NumberSet.of(number).not();
            default -> NumberSet.of(number);
        };
    }

    private static NumberSet below(final long most) throws RejectedException {
        if (most < 0) {
            throw RejectedException.error("no number is below 0");
        }
        return NumberSet.between(0, most);
    }

    /** A number, decimal or hexadecimal, or a word that stands for one. */
    static long number(final String text, final Map<String, Long> words) throws RejectedException {
        final String word = text.strip();
        for (final Map.Entry<String, Long> entry : words.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(word)) {
                return entry.getValue();
            }
        }
        try {
            return parse(word);
        } catch (final NumberFormatException e) {
            throw RejectedException.unknown('"' + Option.shown(word) + "\" is no number", word, words.keySet());
        }
    }

    /** An integer that may be negative. */
    static long number(final String text) throws RejectedException {
        return number(text, Map.of());
    }

    /** An integer within bounds. */
    static long number(final String text, final long min, final long max) throws RejectedException {
        final long number = number(text);
        if (number < min || number > max) {
            throw RejectedException.error(number + " is not between " + min + " and " + max);
        }
        return number;
    }

    private static long parse(final String word) {
        final Matcher unit = UNIT.matcher(word.toLowerCase(Locale.ROOT));
        if (unit.matches() && unit.group(1).length() <= 9) {
            return Long.parseLong(unit.group(1)) << 10 * ("kmg".indexOf(unit.group(2)) + 1);
        }
        final boolean negative = word.startsWith("-");
        final String digits = negative ? word.substring(1) : word;
        final boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        if (digits.isEmpty() || digits.charAt(0) == '-' || digits.charAt(0) == '+' || digits.length() > 20
            || digits.indexOf('-') >= 0) {
            throw new NumberFormatException(word);
        }
        final long number = hex ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
        return negative ? -number : number;
    }
}
