package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;

/**
 * Where the words of a request line are, RFC 9112, section 3, as servers read it that put up with blanks around them,
 * and in the target. One thread; wrapped anew for each line.
 */
final class RequestLine {
    private static final byte[] NAME = "HTTP/".getBytes(US_ASCII);
    private static final int VERSION_LENGTH = 8;
    /** {@code http/1.}, and what its last byte is compared without. */
    private static final long VERSION = new Bytes().wrap("http/1.\0".getBytes(US_ASCII), 0, VERSION_LENGTH).u64le(0);
    private static final long VERSION_MASK = -1L >>> Byte.SIZE;
    private static final int GET = four("GET ");
    private static final int POST = four("POST");

    int method;
    int methodEnd;
    int target;
    int targetEnd;
    /** Where the version begins, if it {@link #isVersioned}. */
    int version;
    int end;
    boolean isVersioned;
    /** Its method is in use. */
    boolean isKnown;

    private static int four(final String text) {
        return (int) new Bytes().wrap(text.getBytes(US_ASCII), 0, Integer.BYTES).u32le(0);
    }

    /** Finds them. False if there is no method, or one that is too long; whether it is a request, is not said. */
    boolean wrap(final Bytes line) {
        return wrapUsual(line) || wrapAny(line);
    }

    /** The same for a line as nearly all are; false if it is none. */
    private boolean wrapUsual(final Bytes line) {
        final int four = (int) line.u32le(0);
        final int length = four == GET ? 3 : four == POST && line.u8(4) == ' ' ? 4 : 0;
        final int last = line.length() - VERSION_LENGTH;
        final long word = line.lower64le(last);
        if (length == 0 || last <= length + 2 || (word & VERSION_MASK) != VERSION
            || word >>> Long.SIZE - Byte.SIZE <= ' ' || line.u8(last - 1) != ' ' || line.u8(last - 2) <= ' '
            || line.u8(length + 1) <= ' ') {
            return false;
        }
        method = 0;
        methodEnd = length;
        target = length + 1;
        targetEnd = last - 1;
        version = last;
        end = line.length();
        isVersioned = true;
        isKnown = true;
        return true;
    }

    /** The same for any line. */
    boolean wrapAny(final Bytes line) {
        end = Line.trimEnd(line, 0, line.length());
        method = Line.skipBlanks(line, 0, end);
        methodEnd = Line.wordEnd(line, method, end);
        final int length = methodEnd - method;
        if (length == 0 || length > Method.MOST) {
            return false;
        }
        isKnown = Method.isKnown(line, method, length);
        version = Line.lastWord(line, methodEnd, end);
        isVersioned = version > methodEnd && line.matchesIgnoringCase(version, NAME);
        target = Line.skipBlanks(line, methodEnd, end);
        targetEnd = isVersioned ? Line.trimEnd(line, target, version) : end;
        return true;
    }
}
