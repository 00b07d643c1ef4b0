package io.weir.rule.signature;

import io.weir.rule.model.Literal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes as rules write them between quotes: characters, escapes, and hexadecimal digits between bars. */
final class ContentText {
    private static final int MOST = 65_535;

    private ContentText() {
    }

    /** The bytes a text stands for, in quotes or not. */
    static byte[] bytes(final String value) throws RejectedException {
        if (value.startsWith("\"") && (value.length() < 2 || !value.endsWith("\""))) {
            throw RejectedException.error("the closing quote of " + Option.shown(value) + " is missing");
        }
        final String text = Option.unquoted(value);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            final char c = text.charAt(at);
            if (c == '|') {
                at = hex(text, at + 1, bytes);
            } else if (c == '\\') {
                at++;
                if (at == text.length() || "\\\";:".indexOf(text.charAt(at)) < 0) {
                    throw RejectedException.error("a backslash stands before \\ \" ; or : in "
                        + Option.shown(text));
                }
                bytes.write(text.charAt(at++));
            } else if (c == '"') {
                throw RejectedException.error("a quote within " + Option.shown(text) + " needs a backslash");
            } else {
                bytes.write(c);
                at++;
            }
        }
        if (bytes.size() == 0 || bytes.size() > MOST) {
            throw RejectedException.error("content has 1 to " + MOST + " bytes");
        }
        return bytes.toByteArray();
    }

    /** Reads pairs of digits up to the closing bar; returns the place behind it. */
    private static int hex(final String text, final int from, final ByteArrayOutputStream bytes)
        throws RejectedException {
        int at = from;
        while (at < text.length() && text.charAt(at) != '|') {
            if (text.charAt(at) == ' ') {
                at++;
                continue;
            }
            final int high = Character.digit(text.charAt(at), 16);
            final int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            if (high < 0 || low < 0) {
                throw RejectedException.error("between bars stand pairs of hexadecimal digits, not "
                    + Option.shown(text.substring(from)));
            }
            bytes.write(high << 4 | low);
            at += 2;
        }
        if (at == text.length()) {
            throw RejectedException.error("the closing bar of " + Option.shown(text) + " is missing");
        }
        return at + 1;
    }

    /** A literal; ASCII letters in lower case if case does not matter. */
    static Literal literal(final byte[] bytes, final boolean noCase) {
        if (!noCase) {
            return Literal.of(bytes);
        }
        final byte[] lower = bytes.clone();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] = (byte) (lower[i] - 'A' + 'a');
            }
        }
        return Literal.of(lower);
    }

    /** A literal of text that is the same in ASCII. */
    static Literal literal(final String text) {
        return literal(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }
}
