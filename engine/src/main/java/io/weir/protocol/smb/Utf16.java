package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** Tells strings of SMB: UTF-16 with the least byte first, or one byte for each character. Owned by one parser. */
final class Utf16 {
    private static final int LONGEST = 600;
    private static final byte[] BUILD = " build ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REVISION = " rev ".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text = new byte[LONGEST];

    /** Tells a string of UTF-16, without the zero that may end it; nothing if it is empty. True if it was told. */
    boolean put(final Transaction t, final Field field, final Bytes b, final int from, final int length) {
        int to = 0;
        int at = from;
        final int end = Math.min(from + length, b.length()) - 1;
        while (at >= 0 && at < end && to < LONGEST - 4) {
            int c = b.u16le(at);
            at += 2;
            if (c == 0) {
                break;
            }
            if (Character.isHighSurrogate((char) c) && at < end && Character.isLowSurrogate((char) b.u16le(at))) {
                c = Character.toCodePoint((char) c, (char) b.u16le(at));
                at += 2;
            }
            to = append(c, to);
        }
        if (to > 0) {
            t.put(field, text, 0, to);
        }
        return to > 0;
    }

    private int append(final int c, final int at) {
        int to = at;
        if (c < 0x80) {
            text[to++] = (byte) c;
        } else if (c < 0x800) {
            text[to++] = (byte) (0xc0 | c >> 6);
            text[to++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            text[to++] = (byte) (0xe0 | c >> 12);
            text[to++] = (byte) (0x80 | c >> 6 & 0x3f);
            text[to++] = (byte) (0x80 | c & 0x3f);
        } else {
            text[to++] = (byte) (0xf0 | c >> 18);
            text[to++] = (byte) (0x80 | c >> 12 & 0x3f);
            text[to++] = (byte) (0x80 | c >> 6 & 0x3f);
            text[to++] = (byte) (0x80 | c & 0x3f);
        }
        return to;
    }

    /**
     * Tells a string that zero ends.
     *
     * @param wide true for UTF-16, which begins at an even place
     * @return where the next string begins
     */
    int putEnded(final Transaction t, final Field field, final Bytes b, final int from, final boolean wide) {
        final int start = wide ? from + (from & 1) : from;
        final int end = end(b, start, wide);
        if (wide) {
            put(t, field, b, start, end - start);
        } else if (end > start) {
            t.put(field, b, start, end - start);
        }
        return end + (wide ? 2 : 1);
    }

    /** Where the string that begins there has its zero. */
    static int end(final Bytes b, final int start, final boolean wide) {
        int at = Math.max(0, start);
        if (!wide) {
            final int zero = b.indexOf(0, at);
            return zero < 0 ? Math.max(at, b.length()) : zero;
        }
        while (b.u16le(at) > 0) {
            at += 2;
        }
        return at;
    }

    /** True if the string, of UTF-16, ends in these characters in either case. */
    static boolean endsWith(final Bytes b, final int from, final int length, final String end) {
        int at = from + length - 2 * end.length();
        if (at < from || !b.has(at, 2 * end.length())) {
            return false;
        }
        for (int i = 0; i < end.length(); i++, at += 2) {
            if (Character.toUpperCase(b.u16le(at)) != end.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Tells an identifier of 16 bytes in its usual form of five groups. */
    void putGuid(final Transaction t, final Field field, final Bytes b, final int at) {
        if (!b.has(at, 16)) {
            return;
        }
        int to = 0;
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[to++] = '-';
            }
            to = hex(b.u8(at + order(i)), to);
        }
        t.put(field, text, 0, to);
    }

    /** The first and last four bytes are swapped as numbers of 32 bits, those between as numbers of 16 bits. */
    private static int order(final int i) {
        return i < 4 || i >= 12 ? i ^ 3 : i ^ 1;
    }

    private int hex(final int value, final int at) {
        text[at] = (byte) Character.forDigit(value >> 4, 16);
        text[at + 1] = (byte) Character.forDigit(value & 15, 16);
        return at + 2;
    }

    /** Tells a number as hexadecimal digits behind "0x". */
    void putHex(final Transaction t, final Field field, final long value) {
        int shift = 28;
        while (shift > 0 && value >> shift == 0) {
            shift -= 4;
        }
        int to = 0;
        text[to++] = '0';
        text[to++] = 'x';
        for (; shift >= 0; shift -= 4) {
            text[to++] = (byte) Character.forDigit((int) (value >> shift & 15), 16);
        }
        t.put(field, text, 0, to);
    }

    /** Tells an identifier of 16 bytes, all in the order in which they are written. */
    void putUuid(final Transaction t, final Field field, final byte[] uuid, final int from) {
        int to = 0;
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[to++] = '-';
            }
            to = hex(uuid[from + i] & 0xff, to);
        }
        t.put(field, text, 0, to);
    }

    /** Tells two numbers with a dot between them. */
    void putVersion(final Transaction t, final Field field, final int major, final int minor) {
        t.put(field, text, 0, version(major, minor));
    }

    /** Tells a version of NTLM's: that of the system, its build, and the revision of NTLM. */
    void putVersion(final Transaction t, final Field field, final int major, final int minor, final int build,
        final int revision) {
        int to = word(BUILD, version(major, minor));
        to = word(REVISION, decimal(build, to));
        t.put(field, text, 0, decimal(revision, to));
    }

    private int version(final int major, final int minor) {
        final int to = decimal(major, 0);
        text[to] = '.';
        return decimal(minor, to + 1);
    }

    private int word(final byte[] word, final int at) {
        System.arraycopy(word, 0, text, at, word.length);
        return at + word.length;
    }

    private int decimal(final int value, final int at) {
        int to = at;
        int divisor = 10000;
        while (divisor > 1 && value < divisor) {
            divisor /= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text[to++] = (byte) ('0' + value / divisor % 10);
        }
        return to;
    }
}
