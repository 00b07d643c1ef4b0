package io.weir.protocol.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/** A compression of content, RFC 9110, section 8.4.1. */
public enum Coding {
    /** RFC 1952. */
    GZIP("gzip"),
    /** RFC 1950, or by a wide-spread mistake RFC 1951. */
    DEFLATE("deflate"),
    /** RFC 7932. */
    BROTLI("br");

    private static final Coding[] ALL = values();
    private static final byte[][] NAMES =
        Arrays.stream(ALL).map(coding -> coding.text.getBytes(US_ASCII)).toArray(byte[][]::new);
    private static final byte[] EXPERIMENTAL = {'x', '-'};

    private final String text;

    Coding(final String text) {
        this.text = text;
    }

    /** The coding of this name, in either case and with or without {@code x-} in front, or null. */
    public static Coding of(final Bytes bytes, final int from, final int to) {
        final int start = bytes.matchesIgnoringCase(from, EXPERIMENTAL) ? from + EXPERIMENTAL.length : from;
        for (final Coding coding : ALL) {
            final byte[] name = NAMES[coding.ordinal()];
            if (to - start == name.length && bytes.matchesIgnoringCase(start, name)) {
                return coding;
            }
        }
        return null;
    }
}
