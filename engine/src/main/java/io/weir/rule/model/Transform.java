package io.weir.rule.model;

/**
 * Changes the bytes of a buffer before they are asked.
 *
 * @param kind     what is done
 * @param argument of those that need one, or null
 */
public record Transform(Kind kind, Literal argument) {
    /** What can be done. */
    public enum Kind {
        COMPRESS_WHITESPACE, DOMAIN, DOTPREFIX, HEADER_LOWERCASE, PCREXFORM, STRIP_PSEUDO_HEADERS, STRIP_WHITESPACE,
        TLD, TO_LOWERCASE, TO_MD5, TO_SHA1, TO_SHA256, TO_UPPERCASE, URL_DECODE, XOR, FROM_BASE64
    }
}
