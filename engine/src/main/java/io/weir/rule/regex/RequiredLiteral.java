package io.weir.rule.regex;

import java.nio.charset.StandardCharsets;

/**
 * Bytes that occur in everything an expression matches.
 *
 * @param text     the bytes, one character each; in lower case if {@code caseless}.
 * @param caseless whether ASCII letters may occur in either case.
 */
public record RequiredLiteral(String text, boolean caseless) {
    /** A copy of the bytes. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
