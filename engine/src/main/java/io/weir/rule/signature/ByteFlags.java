package io.weir.rule.signature;

import io.weir.rule.model.Step.JumpFrom;
import io.weir.rule.model.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words behind the first ones of {@code byte_test} and its like. */
final class ByteFlags {
    boolean relative;
    boolean little;
    boolean dce;
    long mask = -1;
    long multiplier = 1;
    int align;
    JumpFrom from = JumpFrom.READING;
    Value postOffset = Value.of(0);

    private boolean text;
    private int base;

    private ByteFlags() {
    }

    /**
     * Reads words, each with its value behind a space.
     *
     * @param allowed words that the keyword takes
     */
    static ByteFlags read(final Draft draft, final List<String> parts, final String... allowed)
        throws RejectedException {
        final ByteFlags flags = new ByteFlags();
        final Set<String> words = Set.of(allowed);
        for (final String part : parts) {
            final String[] split = part.strip().split("\\s+", 2);
            final String word = split[0].toLowerCase(Locale.ROOT);
            if (!words.contains(word)) {
                throw RejectedException.unknown('"' + Option.shown(part) + "\" is no word of this keyword", word,
                    words);
            }
            flags.set(draft, word, split.length < 2 ? "" : split[1].strip());
        }
        return flags;
    }

    private void set(final Draft draft, final String word, final String value) throws RejectedException {
        switch (word) {
            case "relative" -> relative = true;
            case "big" -> little = false;
            case "little" -> little = true;
            case "endian" -> little = endian(value);
            case "dce" -> dce = true;
            case "string" -> {
                text = true;
                if (!value.isEmpty()) {
                    set(draft, value.toLowerCase(Locale.ROOT), "");
                }
            }
            case "hex" -> base = 16;
            case "dec" -> base = 10;
            case "oct" -> base = 8;
            case "bitmask" -> mask = mask(value);
            case "multiplier" -> multiplier = Numbers.number(value, 1, 65_535);
            case "align" -> align = value.isEmpty() ? 4 : align(value);
            case "from_beginning" -> from = JumpFrom.BEGINNING;
            case "from_end" -> from = JumpFrom.END;
            case "post_offset" -> postOffset = draft.value(value, -65_535, 65_535);
            default -> throw RejectedException.error('"' + Option.shown(word) + "\" is no base; write hex, dec or oct");
        }
    }

    private static boolean endian(final String value) throws RejectedException {
        if (!"big".equals(value) && !"little".equals(value)) {
            throw RejectedException.error("endian is big or little");
        }
        return "little".equals(value);
    }

    private static int align(final String value) throws RejectedException {
        final int align = (int) Numbers.number(value, 2, 4);
        if (align == 3) {
            throw RejectedException.error("align is 2 or 4");
        }
        return align;
    }

    private static long mask(final String value) throws RejectedException {
        final String digits = value.startsWith("0x") || value.startsWith("0X") ? value : "0x" + value;
        return Numbers.number(digits, 1, 0xffff_ffffL);
    }

    boolean isText() {
        return text;
    }

    /** Base of digits. */
    int base() {
        return base == 0 ? 10 : base;
    }
}
