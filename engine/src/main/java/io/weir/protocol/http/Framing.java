package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;

/** What headers say of the length of a body, RFC 9112, section 6. */
final class Framing {
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final int MOST_DIGITS = 18;

    private boolean chunked;
    private long length;

    void clear() {
        chunked = false;
        length = -1;
    }

    /** True if a coding is chunked, which counts before a length. */
    boolean isChunked() {
        return chunked;
    }

    /** The length, or -1 if there is none. */
    long length() {
        return length;
    }

    /** Takes note of a header; false if it is about something else. */
    boolean header(final Header header, final Bytes line, final int from, final int to) {
        if (header == Header.CONTENT_LENGTH) {
            // Of several that differ the first counts, as most servers have it.
            if (length < 0) {
                length = number(line, from, to);
            }
            return true;
        }
        if (header == Header.TRANSFER_ENCODING) {
            for (int i = from; i <= to - CHUNKED.length && !chunked; i++) {
                chunked = line.matchesIgnoringCase(i, CHUNKED);
            }
            return true;
        }
        return false;
    }

    /** The digits at the front; what stands behind them is passed over. */
    private static long number(final Bytes line, final int from, final int to) {
        int end = from;
        while (end < to && end - from < MOST_DIGITS && line.u8(end) >= '0' && line.u8(end) <= '9') {
            end++;
        }
        return line.decimal(from, end);
    }
}
