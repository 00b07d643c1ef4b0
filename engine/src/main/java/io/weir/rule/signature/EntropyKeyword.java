package io.weir.rule.signature;

import io.weir.rule.model.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code entropy:bytes 100, offset 4, value >= 6.5}; a value may stand alone. */
final class EntropyKeyword {
    private static final int MOST_BYTES = 64 * 1024;
    /** Bits of a byte of which nothing can be foretold. */
    private static final double MOST = 8;
    private static final String VALUE = "value";
    private static final List<String> NAMES = List.of("bytes", "offset", VALUE);
    private static final String NUMBER = "(\\d(?:\\.\\d{1,15})?)";
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|!=|<|>|=)?\\s*" + NUMBER);
    private static final Pattern RANGE = Pattern.compile("(!)?\\s*" + NUMBER + "\\s*-\\s*" + NUMBER);

    private EntropyKeyword() {
    }

    static void addTo(final KeywordTable table) {
        table.partly("entropy", "Shannon's entropy of the buffer, or of so many bytes from an offset on, in bits a "
            + "byte; records do not have it.", EntropyKeyword::add);
    }

    private static void add(final Draft draft, final Option option) throws RejectedException {
        int offset = 0;
        int bytes = 0;
        String value = null;
        final Set<String> named = new HashSet<>();
        for (final String part : option.parts()) {
            final String[] words = part.split("\\s+", 2);
            final String behind = words.length < 2 ? "" : words[1].strip();
            final String word = words[0].toLowerCase(Locale.ROOT);
            switch (word) {
                case "bytes" -> bytes = (int) Numbers.number(behind, 0, MOST_BYTES);
                case "offset" -> offset = (int) Numbers.number(behind, 0, MOST_BYTES);
                case VALUE -> value = behind;
                case "" -> throw RejectedException.error("entropy has nothing between two commas or at an end");
                default -> {
                    if (Character.isLetter(part.charAt(0))) {
                        throw RejectedException.unknown("entropy has no " + Option.shown(words[0]), words[0], NAMES);
                    }
                    value = part;
                }
            }
            final String name = NAMES.contains(word) ? word : VALUE;
            if (!named.add(name)) {
                throw RejectedException.error("entropy has " + name + " twice");
            }
        }
        if (value == null) {
            throw RejectedException.error("entropy needs a value: entropy:value >= 6.5");
        }
        draft.current.steps.add(step(offset, bytes, value));
    }

    private static Step step(final int offset, final int bytes, final String value) throws RejectedException {
        final Matcher range = RANGE.matcher(value);
        if (range.matches()) {
            return new Step.Entropy(offset, bytes, Math.nextUp(number(range.group(2))),
                Math.nextDown(number(range.group(3))), range.group(1) != null);
        }
        final Matcher compared = COMPARED.matcher(value);
        if (!compared.matches()) {
            throw RejectedException.error('"' + Option.shown(value) + "\" is no value of entropy; write for example "
                + ">= 6.5");
        }
        final double number = number(compared.group(2));
        final String operator = compared.group(1) == null ? "=" : compared.group(1);
        final double least = switch (operator) {
            case "<", "<=" -> 0;
            case ">" -> Math.nextUp(number);
            default -> number;
        };
        final double most = switch (operator) {
            case ">", ">=" -> MOST;
            case "<" -> Math.nextDown(number);
            default -> number;
        };
        return new Step.Entropy(offset, bytes, least, most, "!=".equals(operator));
    }

    private static double number(final String text) throws RejectedException {
        final double number = Double.parseDouble(text);
        if (number > MOST) {
            throw RejectedException.error("entropy is between 0 and 8 bits a byte, not " + text);
        }
        return number;
    }
}
