package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;

/** What headers say of the length of a body, RFC 9112, section 6. */
final class Framing {
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final int MOST_DIGITS = 18;

    private boolean chunked;
    private long length;
    private boolean lengthOpen;
    private boolean lengthTold;
    private boolean repeated;

    void clear() {
        chunked = false;
        length = -1;
        lengthOpen = false;
        lengthTold = false;
        repeated = false;
    }

    /** True if there is more than one length. */
    boolean isRepeated() {
        return repeated;
    }

    /** True if there is a length, and it is no number. */
    boolean isInvalid() {
        return lengthTold && length < 0;
    }

    /** True if there is something of a body. */
    boolean announcesBody() {
        return chunked || length > 0;
    }

    /** True if a coding is chunked, which counts before a length. */
    boolean isChunked() {
        return chunked;
    }

    /** The length, or -1 if there is none. */
    long length() {
        return length;
    }

    /**
     * Takes note of a header; false if it is about something else.
     *
     * @param folded true for a further line of it
     */
    boolean header(final Header header, final boolean folded, final Bytes line, final int from, final int to) {
        if (header == Header.CONTENT_LENGTH) {
            // Of several that differ the first counts, as most servers have it.
            lengthOpen = folded ? lengthOpen : length < 0;
            repeated |= !folded && lengthTold;
            lengthTold = true;
            if (lengthOpen) {
                length = Math.max(length, greatest(line, from, to));
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

    /**
     * The greatest of the numbers in a value that begins with one, or -1. There should be one alone; where there are
     * more, receivers differ, and a body that is read too far hides nothing.
     */
    private static long greatest(final Bytes line, final int from, final int to) {
        long found = line.decimal(from, to);
        if (found >= 0) {
            return found;
        }
        for (int at = from; at < to && (found >= 0 || at == from);) {
            final int most = Math.min(to, at + MOST_DIGITS);
            final int start = at;
            long number = 0;
            for (int digit = line.u8(at) - '0'; at < most && digit >= 0 && digit <= 9; digit = line.u8(at) - '0') {
                number = 10 * number + digit;
                at++;
            }
            found = Math.max(found, at > start ? number : -1);
            at++;
        }
        return found;
    }
}
