package io.weir.protocol.http;

import io.weir.protocol.Bytes;

/**
 * The request target as a server of no particular make would understand it, and as Suricata shows it to rules:
 * without scheme and authority, percent encodings decoded once; in the path also backslashes taken for slashes,
 * repeated slashes taken for one, and dot segments removed, RFC 3986, section 5.2.4. One thread; used again.
 */
public final class TargetText {
    /** What ends a path, or makes it another when it is normalised, or does so in front of a dot or another slash. */
    static final String MARKS = "/\\%?#";

    private static final int MOST = 16 * 1024;
    private static final boolean[] OF_MEANING = Bytes.setOf(MARKS);

    private byte[] text;
    private int length;
    private int pathLength;
    private boolean encodedTwice;

    /** Takes a target. */
    public void normalise(final Bytes line, final int from, final int to) {
        if (text == null) {
            text = new byte[MOST];
        }
        length = 0;
        encodedTwice = false;
        final int start = pathStart(line, from, to);
        final int fragment = end(line, '#', start, to);
        final int query = end(line, '?', start, fragment);
        decode(line, start, query);
        path();
        pathLength = length;
        decode(line, query, fragment);
        decode(line, fragment, to);
    }

    /**
     * The path of a target, as {@link #normalise} would have it.
     *
     * @param whole the target; the path, in place if it is normal as it stands, else in {@link #bytes}
     */
    Bytes path(final Bytes whole) {
        final int end = endOfNormal(whole);
        if (end > 0) {
            return whole.wrap(whole, 0, end);
        }
        normalise(whole, 0, whole.length());
        return whole.wrap(text, 0, pathLength);
    }

    /** Where a path ends that has nothing to normalise, or 0. */
    private static int endOfNormal(final Bytes whole) {
        final int to = Math.min(whole.length(), MOST);
        int at = whole.u8(0) == '/' ? 0 : -1;
        while (at >= 0 && whole.u8(at) == '/') {
            final int behind = at + 1 < to ? whole.u8(at + 1) : -1;
            if (behind == '/' || behind == '.') {
                return 0;
            }
            at = whole.indexOfAny(OF_MEANING, at + 1, to);
            if (at < 0) {
                return to;
            }
        }
        return at > 0 && (whole.u8(at) == '?' || whole.u8(at) == '#') ? at : 0;
    }

    /** Where it lies. */
    public byte[] bytes() {
        return text;
    }

    /** How long it is. */
    public int length() {
        return length;
    }

    /** How long the path is, which stands in front. */
    public int pathLength() {
        return pathLength;
    }

    /** True if what was decoded looks encoded still. */
    boolean isEncodedTwice() {
        return encodedTwice;
    }

    /** Behind scheme and authority, if there are any. */
    private static int pathStart(final Bytes line, final int from, final int to) {
        int at = from;
        while (at < to && isScheme(line.u8(at))) {
            at++;
        }
        if (at == from || line.u8(at) != ':' || line.u8(at + 1) != '/' || line.u8(at + 2) != '/') {
            return from;
        }
        at += 3;
        while (at < to && line.u8(at) != '/' && line.u8(at) != '?' && line.u8(at) != '#') {
            at++;
        }
        return Math.min(at, to);
    }

    private static boolean isScheme(final int value) {
        return value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z';
    }

    private static int end(final Bytes line, final int value, final int from, final int to) {
        final int found = line.indexOf(value, from, to);
        return found < 0 ? to : found;
    }

    private void decode(final Bytes line, final int from, final int to) {
        for (int at = from; at < to && length < MOST; at++) {
            int value = line.u8(at);
            if (value == '%') {
                final int decoded = hex(line, at + 1, Math.min(to, at + 3));
                if (decoded >= 0) {
                    value = decoded;
                    at += 2;
                    encodedTwice |= decoded == '%' && hex(line, at + 1, Math.min(to, at + 3)) >= 0;
                }
            }
            text[length++] = (byte) value;
        }
    }

    /** Two digits, or -1. */
    private static int hex(final Bytes line, final int from, final int to) {
        if (to - from < 2) {
            return -1;
        }
        final int high = Character.digit(line.u8(from), 16);
        final int low = Character.digit(line.u8(from + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Slashes and dot segments of what is there, which is the path. */
    private void path() {
        int written = 0;
        for (int at = 0; at < length;) {
            if (!isSlash(at)) {
                text[written++] = text[at++];
                continue;
            }
            while (isSlash(at + 1)) {
                at++;
            }
            final int dots = isDot(at + 1) ? isDot(at + 2) ? 2 : 1 : 0;
            if (dots == 0 || at + 1 + dots < length && !isSlash(at + 1 + dots)) {
                text[written++] = '/';
                at++;
            } else {
                if (dots == 2) {
                    written = parent(written);
                }
                at += 1 + dots;
                if (at == length) {
                    text[written++] = '/';
                }
            }
        }
        length = written;
    }

    private int parent(final int written) {
        int at = written;
        while (at > 0 && text[--at] != '/') {
            // To the slash in front of the last segment.
        }
        return at;
    }

    private boolean isSlash(final int at) {
        return at < length && (text[at] == '/' || text[at] == '\\');
    }

    private boolean isDot(final int at) {
        return at < length && text[at] == '.';
    }
}
