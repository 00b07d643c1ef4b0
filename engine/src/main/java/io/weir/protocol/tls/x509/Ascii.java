package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/** Text in the making, in an array that is used again; what has no room is left out. One thread. */
final class Ascii {
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private int length;
    private boolean cut;

    Ascii(final int capacity) {
        text = new byte[capacity];
    }

    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    Ascii clear() {
        length = 0;
        cut = false;
        return this;
    }

    /** True if something was left out. */
    boolean isCut() {
        return cut;
    }

    Ascii add(final int value) {
        if (length < text.length) {
            text[length++] = (byte) value;
        } else {
            cut = true;
        }
        return this;
    }

    Ascii add(final byte[] values) {
        for (final byte value : values) {
            add(value);
        }
        return this;
    }

    Ascii add(final Bytes bytes, final int from, final int to) {
        final int count = Math.min(to - from, text.length - length);
        cut |= count < to - from;
        if (bytes.has(from, count)) {
            bytes.copyTo(from, text, length, count);
            length += count;
        }
        return this;
    }

    /** Adds a character in UTF-8. */
    Ascii addCharacter(final int value) {
        if (value < 0x80) {
            return add(value);
        }
        if (value < 0x800) {
            return add(0xc0 | value >> 6).add(0x80 | value & 0x3f);
        }
        if (value < 0x10000) {
            return add(0xe0 | value >> 12).add(0x80 | value >> 6 & 0x3f).add(0x80 | value & 0x3f);
        }
        return add(0xf0 | value >> 18 & 7).add(0x80 | value >> 12 & 0x3f).add(0x80 | value >> 6 & 0x3f)
            .add(0x80 | value & 0x3f);
    }

    Ascii addDecimal(final long value) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        while (unit > 0) {
            add((int) ('0' + value / unit % 10));
            unit /= 10;
        }
        return this;
    }

    /** Adds pairs of upper-case hexadecimal digits with colons between them. */
    Ascii addUpperHex(final Bytes bytes, final int from, final int to) {
        for (int at = from; at < to && length < text.length; at++) {
            if (at > from) {
                add(':');
            }
            add(UPPER[bytes.u8(at) >> 4 & 0xf]).add(UPPER[bytes.u8(at) & 0xf]);
        }
        return this;
    }

    /** Adds pairs of lower-case hexadecimal digits with colons between them. */
    Ascii addLowerHex(final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                add(':');
            }
            add(LOWER[bytes[i] >> 4 & 0xf]).add(LOWER[bytes[i] & 0xf]);
        }
        return this;
    }
}
