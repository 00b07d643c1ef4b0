package io.weir.rule.yaml;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.rule.model.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How the text of a rule becomes the bytes that are looked for. */
enum Literals {
    /** Text, as UTF-8. */
    TEXT,
    /** Bytes, one for each character up to U+00FF, as payloads are. */
    BYTES,
    /** Hexadecimal digits, with or without colons, in the form that fields of this kind are asked in. */
    HEX,
    /** The same with colons between the bytes. */
    COLON_HEX;

    static Literals of(final Field field) {
        return field.type() == FieldType.HEX ? HEX : field.type() == FieldType.COLON_HEX ? COLON_HEX
            : field.type() == FieldType.BASE64 || field.isInspected() ? BYTES : TEXT;
    }

    /** True if values are digits, whose case does not matter. */
    boolean isHex() {
        return this == HEX || this == COLON_HEX;
    }

    /**
     * The bytes of a text.
     *
     * @param lower true if letters of ASCII are to be in lower case
     * @return null if it cannot be one
     */
    Literal read(final String text, final boolean lower) {
        if (isHex()) {
            final String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
            if (!digits.matches("[0-9a-f]+") || this == COLON_HEX && digits.length() % 2 != 0) {
                return null;
            }
            final String form = this == HEX ? digits : digits.replaceAll("..(?=.)", "$0:");
            return Literal.of(form.getBytes(StandardCharsets.US_ASCII));
        }
        if (this == BYTES && !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            return Literal.of(lowered(text.getBytes(StandardCharsets.UTF_8), lower));
        }
        return Literal.of(lowered(text.getBytes(this == BYTES ? StandardCharsets.ISO_8859_1
            : StandardCharsets.UTF_8), lower));
    }

    private static byte[] lowered(final byte[] bytes, final boolean lower) {
        for (int i = 0; lower && i < bytes.length; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
                bytes[i] |= 0x20;
            }
        }
        return bytes;
    }

    /** True if letters of ASCII are among the bytes. */
    static boolean hasLetters(final Literal literal) {
        for (int i = 0; i < literal.length(); i++) {
            final int letter = literal.at(i) | 0x20;
            if (letter >= 'a' && letter <= 'z') {
                return true;
            }
        }
        return false;
    }
}
