package io.weir.protocol.imap;

import io.weir.protocol.Bytes;

/** The length in braces at the end of a line, behind which so many bytes follow (RFC 9051, 4.3; RFC 7888). */
final class Literal {
    private static final int LONGEST = 1 << 30;

    private Literal() {
    }

    /** How many bytes follow behind a line; -1 if it ends the command or response. */
    static long length(final Bytes line) {
        final int last = line.length() - 1;
        if (line.u8(last) != '}') {
            return -1;
        }
        final int end = line.u8(last - 1) == '+' || line.u8(last - 1) == '-' ? last - 1 : last;
        int from = end;
        while (from > 0 && line.u8(from - 1) >= '0' && line.u8(from - 1) <= '9') {
            from--;
        }
        final long length = line.u8(from - 1) == '{' ? line.decimal(from, end) : -1;
        return length <= LONGEST ? length : -1;
    }
}
