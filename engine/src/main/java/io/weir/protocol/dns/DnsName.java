package io.weir.protocol.dns;

import io.weir.protocol.Bytes;

/**
 * A domain name, read out of a message with its compression pointers followed, as labels between dots (RFC 1035,
 * 4.1.4). Whatever the pointers say, the work is bounded: so many jumps, so many characters. One thread.
 */
public final class DnsName {
    /** Longest name that is kept; longer ones are against the standard, and cut. */
    public static final int MAX_LENGTH = 1025;
    private static final int MOST_PLAIN = 255;
    private static final int MOST_LABEL = 63;
    /** Pointers followed, at most: names may have 127 labels, each of which might be pointed to. */
    private static final int MAX_JUMPS = 128;

    private final byte[] text = new byte[MAX_LENGTH];
    private int length;
    private int end;
    private boolean cut;
    private boolean looped;
    private boolean plain;

    /**
     * Reads the name that begins at a place.
     *
     * @return false if it is not a name, or ends beyond the message
     */
    public boolean read(final Bytes message, final int start) {
        length = 0;
        end = -1;
        cut = false;
        looped = false;
        plain = true;
        if (readPlain(message, start)) {
            return true;
        }
        int at = start;
        int jumps = 0;
        while (true) {
            final int size = message.u8(at);
            if (size == 0) {
                end = end < 0 ? at + 1 : end;
                return true;
            }
            if (size >= 0xc0) {
                if (!message.has(at, 2)) {
                    return false;
                }
                end = end < 0 ? at + 2 : end;
                plain = false;
                at = message.u16(at) & 0x3fff;
                if (++jumps > MAX_JUMPS) {
                    looped = true;
                    return false;
                }
            } else {
                at = addLabels(message, at);
                if (at < 0 || cut && end >= 0) {
                    return at >= 0;
                }
            }
        }
    }

    /**
     * Reads a name as most are: without pointers, of a length that the standard allows, without bytes of 0 in labels.
     *
     * @return false if it is another, or none
     */
    private boolean readPlain(final Bytes message, final int start) {
        final int zero = message.indexOf(0, start, start + MOST_PLAIN);
        final int count = zero - start - 1;
        if (zero < 0 || count <= 0) {
            return false;
        }
        message.copyTo(start + 1, text, 0, count);
        int size = message.u8(start);
        int dot = size;
        while (dot < count && size > 0 && size <= MOST_LABEL) {
            size = text[dot];
            text[dot] = '.';
            dot += 1 + size;
        }
        if (dot != count || size <= 0 || size > MOST_LABEL) {
            return false;
        }
        length = count;
        end = zero + 1;
        return true;
    }

    /**
     * Adds labels that follow one another, which are copied at once: their lengths become dots. Behind a pointer those
     * are left out that nobody has room for.
     *
     * @return the place behind them; -1 if one is none
     */
    private int addLabels(final Bytes message, final int start) {
        final int before = length == 0 ? 0 : Math.min(MAX_LENGTH, length + 1);
        int at = start;
        int size = message.u8(at);
        do {
            if (size < 0 || size > MOST_LABEL || !message.has(at + 1, size)) {
                return -1;
            }
            at += 1 + size;
            size = message.u8(at);
        } while (isLabel(size) && (end < 0 || before + at - start - 1 <= MAX_LENGTH));
        cut |= before + at - start - 1 > MAX_LENGTH;
        if (before > length) {
            text[length] = '.';
        }
        length = Math.min(MAX_LENGTH, before + at - start - 1);
        message.copyTo(start + 1, text, before, length - before);
        for (int dot = start + 1 + message.u8(start); dot - start - 1 < length - before;
            dot += 1 + message.u8(dot)) {
            text[before + dot - start - 1] = '.';
        }
        return at;
    }

    private static boolean isLabel(final int size) {
        return size != 0 && size < 0xc0;
    }

    /**
     * Where a name ends, without reading what its pointers point to.
     *
     * @param limit end of the message, which may lie beyond what is there
     * @return the place behind it; -1 if it is not a name; -2 if what is there ends within it
     */
    public static int skip(final Bytes message, final int start, final int limit) {
        int at = start;
        while (at < limit) {
            final int size = message.u8(at);
            if (size < 0) {
                return -2;
            }
            if (size == 0) {
                return at + 1;
            }
            if (size >= 0xc0) {
                return at + 2 <= limit ? at + 2 : -1;
            }
            if (size > MOST_LABEL || at + size - start > 254) {
                return -1;
            }
            at += 1 + size;
        }
        return -1;
    }

    /** Its characters, from index 0 on. */
    public byte[] text() {
        return text;
    }

    /** How many characters; 0 is the root. */
    public int length() {
        return length;
    }

    /** The place behind it in the message. */
    public int end() {
        return end;
    }

    /** True if it was read from where it begins to where it ends, without pointers. */
    public boolean isPlain() {
        return plain;
    }

    /** True if it was longer than {@link #MAX_LENGTH}. */
    public boolean isCut() {
        return cut;
    }

    /** True if it could not be read because its pointers run in a circle. */
    public boolean isLooped() {
        return looped;
    }
}
