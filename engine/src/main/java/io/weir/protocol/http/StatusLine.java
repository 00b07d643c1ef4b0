package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;

/**
 * Where the words of a status line are, RFC 9112, section 4, as clients read it that put up with blanks around them.
 * One thread; wrapped anew for each line.
 */
final class StatusLine {
    private static final byte[] NAME = "HTTP".getBytes(US_ASCII);
    /** SHOUTcast, which else speaks HTTP. */
    private static final byte[] ICY = "ICY ".getBytes(US_ASCII);
    /** {@code HTTP/1.1 200}. */
    private static final int VERSION_LENGTH = 8;
    private static final int LENGTH = 12;
    /** {@code http/1.1}, or 1.0 without its last bit. */
    private static final long VERSION = new Bytes().wrap("http/1.0".getBytes(US_ASCII), 0, VERSION_LENGTH).u64le(0);
    private static final long LAST_BIT = 1L << Long.SIZE - Byte.SIZE;

    int version;
    int code;
    int codeEnd;
    int end;
    /** From 100 to 999, or 0 if there is none. */
    int status;
    /** Its version is 1.0. */
    boolean isOld;

    /** Finds them; false if it is none. */
    boolean wrap(final Bytes line) {
        return wrapUsual(line) || wrapAny(line);
    }

    /** The same for a line as nearly all are; false if it is none. */
    private boolean wrapUsual(final Bytes line) {
        final long word = line.lower64le(0);
        final int hundreds = line.u8(VERSION_LENGTH + 1) - '0';
        final int tens = line.u8(VERSION_LENGTH + 2) - '0';
        final int ones = line.u8(VERSION_LENGTH + 3) - '0';
        if ((word & ~LAST_BIT) != VERSION || line.u8(VERSION_LENGTH) != ' ' || hundreds < 1 || hundreds > 9
            || tens < 0 || tens > 9 || ones < 0 || ones > 9 || line.length() > LENGTH && line.u8(LENGTH) != ' ') {
            return false;
        }
        version = 0;
        code = VERSION_LENGTH + 1;
        codeEnd = LENGTH;
        end = Line.trimEnd(line, LENGTH, line.length());
        status = 100 * hundreds + 10 * tens + ones;
        isOld = (word & LAST_BIT) == 0;
        return true;
    }

    /** The same for any line. */
    boolean wrapAny(final Bytes line) {
        end = Line.trimEnd(line, 0, line.length());
        version = Line.skipBlanks(line, 0, end);
        if (!line.matchesIgnoringCase(version, NAME) && !line.matches(version, ICY)) {
            return false;
        }
        code = Line.skipBlanks(line, Line.wordEnd(line, version, end), end);
        codeEnd = Line.wordEnd(line, code, end);
        final long number = line.decimal(code, codeEnd);
        status = number >= 100 && number <= 999 ? (int) number : 0;
        isOld = line.u8(version + NAME.length + 1) == '1' && line.u8(version + NAME.length + 3) == '0'
            && line.matchesIgnoringCase(version, NAME);
        return true;
    }
}
