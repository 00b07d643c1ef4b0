package io.weir.rule.model;

/**
 * Changes the bytes of a buffer before they are asked.
 *
 * @param kind     what is done
 * @param argument of those that need one, or null
 * @param from     of base 64: how many bytes are left out in front; of a part: where it begins, from the end if
 *                 negative
 * @param count    of base 64: how many bytes are decoded, 0 for all; of what is unpacked: most bytes of it; of a part:
 *                 its length, 0 for the rest, or if negative its end, from the end
 */
public record Transform(Kind kind, Literal argument, int from, int count) {
    /** What can be done. */
    public enum Kind {
        COMPRESS_WHITESPACE, DOMAIN, DOTPREFIX, HEADER_LOWERCASE, PCREXFORM, STRIP_PSEUDO_HEADERS, STRIP_WHITESPACE,
        TLD, TO_LOWERCASE, TO_MD5, TO_SHA1, TO_SHA256, TO_UPPERCASE, URL_DECODE, XOR,
        /** Base 64 up to the first character that is not of it, RFC 4648. */
        FROM_BASE64,
        /** Base 64 without any other character, or nothing is done. */
        FROM_BASE64_STRICT,
        /** Base 64 with other characters passed over, RFC 2045. */
        FROM_BASE64_LENIENT,
        GUNZIP,
        ZLIB_DEFLATE,
        /** A part, or nothing if a place of it is outside. */
        SUBSLICE,
        /** A part, as far as it is there. */
        SUBSLICE_TRUNCATE
    }

    /** One that takes no numbers. */
    public Transform(final Kind kind, final Literal argument) {
        this(kind, argument, 0, 0);
    }
}
