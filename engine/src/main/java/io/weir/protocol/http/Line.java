package io.weir.protocol.http;

import io.weir.protocol.Bytes;

/** Places in a line. */
final class Line {
    private Line() {
    }

    /** Blanks are what is no character of a word, NUL and a lone CR too: parsers of servers and clients differ. */
    static boolean isBlank(final int value) {
        return value >= 0 && value <= ' ';
    }

    /** The first place from {@code from} on that is not blank, at most {@code to}. */
    static int skipBlanks(final Bytes line, final int from, final int to) {
        int at = from;
        while (at < to && isBlank(line.u8(at))) {
            at++;
        }
        return at;
    }

    /** The first blank from {@code from} on, or {@code to}. */
    static int wordEnd(final Bytes line, final int from, final int to) {
        int at = line.endOfRun(' ' + 1, from, to);
        while (at < to && line.u8(at) > ' ') {
            at = line.endOfRun(' ' + 1, at + 1, to);
        }
        return at;
    }

    /** The end without blanks and control characters before {@code to}. */
    static int trimEnd(final Bytes line, final int from, final int to) {
        int at = to;
        while (at > from && line.u8(at - 1) <= ' ') {
            at--;
        }
        return at;
    }

    /** The beginning of the last word before {@code to}. */
    static int lastWord(final Bytes line, final int from, final int to) {
        int at = to;
        while (at > from && !isBlank(line.u8(at - 1))) {
            at--;
        }
        return at;
    }

    /** Where a line ends in front of its CR, if it has one. */
    static int endWithoutReturn(final Bytes line) {
        final int length = line.length();
        return length > 0 && line.u8(length - 1) == '\r' ? length - 1 : length;
    }
}
