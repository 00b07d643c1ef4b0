package io.weir.protocol.http;

import io.weir.protocol.Bytes;

/** Places in a line. */
final class Line {
    /** Of HTTP/1.1, with which most first lines end or begin. */
    private static final int VERSION_LENGTH = 8;

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
        final int usual = to - VERSION_LENGTH;
        if (usual > from && isBlank(line.u8(usual - 1)) && wordEnd(line, usual, to) == to) {
            return usual;
        }
        int at = to;
        while (at > from && !isBlank(line.u8(at - 1))) {
            at--;
        }
        return at;
    }
}
