package io.weir.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Writes one JSON record after the other into an array of its own, as UTF-8, without allocating.
 *
 * <p>The caller places braces, names and commas by {@link #raw}; values are written by the methods named after their
 * kind. A record is at most {@link #CAPACITY} bytes; text is cut at {@link #MAX_TEXT} bytes. One thread.
 */
final class JsonWriter {
    /** Longest record. */
    static final int CAPACITY = 256 * 1024;
    /** Longest text, in bytes before escaping. */
    static final int MAX_TEXT = 4 * 1024;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
        ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] MAPPED = ascii("::ffff:");
    /** Powers of 10 by how many digits the numbers below them have; 0 has one. */
    private static final long[] POWERS = new long[19];
    /** Octets of an address, each with a dot behind it, as they lie in memory; and how many bytes that is. */
    private static final int[] OCTETS = new int[256];
    private static final byte[] OCTET_LENGTHS = new byte[256];
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    /** For eight bytes at once: one in each. */
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int REPLACEMENT = 0xfffd;

    static {
        long power = 1;
        for (int digits = 1; digits < POWERS.length; digits++) {
            power *= 10;
            POWERS[digits] = power;
        }
        for (int octet = 0; octet < OCTETS.length; octet++) {
            final byte[] text = ascii(octet + ".");
            OCTET_LENGTHS[octet] = (byte) text.length;
            OCTETS[octet] = (int) INT.get(Arrays.copyOf(text, Integer.BYTES), 0);
        }
    }

    private final byte[] bytes = new byte[CAPACITY];
    private final TimestampText timestampText = new TimestampText();
    private int length;
    private boolean fullAddresses;

    /** A name with its quotes and colon, and the comma before it, ready for {@link #raw}. */
    static byte[] next(final String name) {
        return (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes of plain ASCII. */
    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins a new record. */
    JsonWriter begin() {
        length = 0;
        return this;
    }

    /** Bytes of the record so far. */
    int length() {
        return length;
    }

    /** Copies the record. */
    void copyTo(final ByteBuffer target) {
        target.put(bytes, 0, length);
    }

    /** The record as text, for tests. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Bytes that are JSON already. */
    JsonWriter raw(final byte[] json) {
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Such bytes but for the first. */
    JsonWriter rawBehindFirst(final byte[] json) {
        System.arraycopy(json, 1, bytes, length, json.length - 1);
        length += json.length - 1;
        return this;
    }

    /** An ASCII character that is JSON already. */
    JsonWriter raw(final char json) {
        bytes[length++] = (byte) json;
        return this;
    }

    /** A number. */
    JsonWriter number(final long value) {
        if (value == Long.MIN_VALUE) {
            return raw(ascii(Long.toString(value)));
        }
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        length += digits(rest);
        int end = length;
        while (rest >= 100) {
            final long quotient = rest / 100;
            end -= 2;
            TwoDigits.put((int) (rest - quotient * 100), bytes, end);
            rest = quotient;
        }
        if (rest >= 10) {
            TwoDigits.put((int) rest, bytes, end - 2);
        } else {
            bytes[end - 1] = (byte) ('0' + rest);
        }
        return this;
    }

    /** How many digits a number that is not negative has: about its bits by the logarithm of 10, and a comparison. */
    private static int digits(final long value) {
        final int about = (Long.SIZE - Long.numberOfLeadingZeros(value)) * 1233 >>> 12;
        return value >= POWERS[about] ? about + 1 : about;
    }

    /** A byte as two hexadecimal digits, without quotes. */
    JsonWriter hex(final int value) {
        bytes[length++] = DIGITS[value >>> 4 & 0xf];
        bytes[length++] = DIGITS[value & 0xf];
        return this;
    }

    /** A hardware address of 48 bits, with quotes. */
    JsonWriter mac(final long address) {
        bytes[length++] = '"';
        for (int shift = 40; shift >= 0; shift -= Byte.SIZE) {
            hex((int) (address >>> shift));
            if (shift > 0) {
                bytes[length++] = ':';
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Eight bytes as sixteen hexadecimal digits, with quotes. */
    JsonWriter hash(final long value) {
        bytes[length++] = '"';
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            hex((int) (value >>> shift));
        }
        bytes[length++] = '"';
        return this;
    }

    /** A time in ns since 1970 in EVE's form, with quotes. */
    JsonWriter timestamp(final long timeNs) {
        bytes[length++] = '"';
        length = timestampText.put(timeNs, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    /** A time in seconds since 1970 without fraction or zone, with quotes; the number itself beyond the year 9999. */
    JsonWriter date(final long seconds) {
        if (seconds < TimestampText.MIN_SECONDS || seconds > TimestampText.MAX_SECONDS) {
            return number(seconds);
        }
        bytes[length++] = '"';
        length = timestampText.putDate(seconds, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    /** Writes IPv6 addresses with all their digits from now on, or shortened (RFC 5952). */
    void fullAddresses(final boolean full) {
        fullAddresses = full;
    }

    /** An IP address in canonical text (RFC 5952) or in full, with quotes. */
    JsonWriter address(final int ipVersion, final long hi, final long lo) {
        bytes[length++] = '"';
        if (ipVersion == 4) {
            address4((int) lo);
        } else {
            address6(hi, lo);
        }
        bytes[length++] = '"';
        return this;
    }

    /** Text with quotes, escaped where JSON wants it; half surrogate pairs become U+FFFD. */
    JsonWriter string(final CharSequence text) {
        bytes[length++] = '"';
        final int limit = Math.min(text.length(), MAX_TEXT);
        for (int i = 0; i < limit; i++) {
            final char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < limit && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                character(Character.toCodePoint(c, text.charAt(i)));
            } else {
                character(Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /**
     * Bytes that are mostly UTF-8, with quotes, escaped as in {@link #string}. If they are no valid UTF-8, each byte
     * that is not ASCII becomes a backslash, an x and two hexadecimal digits, as Suricata has it. The caller has made
     * sure that six times the length finds room.
     */
    JsonWriter text(final DirectBuffer source, final int offset, final int count) {
        bytes[length++] = '"';
        source.boundsCheck(offset, count);
        final byte[] array = source.byteArray();
        final long address = source.addressOffset();
        final int begin = length;
        final int end = offset + count;
        for (int i = plain(array, address, offset, end); i < end; i = plain(array, address, i + 1, end)) {
            final int first = source.getByte(i) & 0xff;
            if (first < 0x80) {
                character(first);
                continue;
            }
            final int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
            final int code = first < 0xc2 || first > 0xf4 || i + more >= end ? -1 : decode(source, i, first, more);
            if (code < 0) {
                length = begin;
                return bytes(source, offset, end);
            }
            character(code);
            i += more;
        }
        bytes[length++] = '"';
        return this;
    }

    /** Copies characters that stand for themselves, many at a time; answers the place behind the last. */
    private int plain(final byte[] array, final long address, final int from, final int end) {
        int at = from;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            final long eight = UnsafeApi.getLong(array, address + at);
            if (!isPlain(eight)) {
                return at;
            }
            LONG.set(bytes, length, eight);
            length += Long.BYTES;
        }
        // The last ones together with some that are copied already; of few the first four and the last four.
        final int left = end - at;
        if (left > 0 && end - from >= Long.BYTES) {
            final long last = UnsafeApi.getLong(array, address + end - Long.BYTES);
            if (isPlain(last)) {
                length += left;
                LONG.set(bytes, length - Long.BYTES, last);
                return end;
            }
        } else if (left >= Integer.BYTES) {
            final int first = UnsafeApi.getInt(array, address + at);
            final int last = UnsafeApi.getInt(array, address + end - Integer.BYTES);
            if (isPlain((long) first << Integer.SIZE | last & 0xffff_ffffL)) {
                INT.set(bytes, length, first);
                length += left;
                INT.set(bytes, length - Integer.BYTES, last);
                return end;
            }
        }
        return at;
    }

    /** True if eight bytes are ASCII and none is a control character, a quote or a backslash. */
    private static boolean isPlain(final long eight) {
        final long quote = eight ^ '"' * ONES;
        final long backslash = eight ^ '\\' * ONES;
        final long delete = eight ^ 0x7f * ONES;
        return ((eight | eight - ' ' * ONES & ~eight | quote - ONES & ~quote | backslash - ONES & ~backslash
            | delete - ONES & ~delete) & HIGH_BITS) == 0;
    }

    /** The rest of a string of bytes that are no UTF-8. */
    private JsonWriter bytes(final DirectBuffer source, final int offset, final int end) {
        for (int i = offset; i < end; i++) {
            final int value = source.getByte(i) & 0xff;
            if (value < 0x80) {
                character(value);
            } else {
                bytes[length++] = '\\';
                bytes[length++] = '\\';
                bytes[length++] = 'x';
                hex(value);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Bytes in base 64, with quotes. The caller has made sure that one and a half times the length finds room. */
    JsonWriter base64(final DirectBuffer source, final int offset, final int count) {
        raw('"');
        for (int i = 0; i < count; i += 3) {
            final int left = Math.min(3, count - i);
            final int bits = (source.getByte(offset + i) & 0xff) << 16
                | (left > 1 ? (source.getByte(offset + i + 1) & 0xff) << 8 : 0)
                | (left > 2 ? source.getByte(offset + i + 2) & 0xff : 0);
            raw((char) BASE64[bits >>> 18]).raw((char) BASE64[bits >>> 12 & 0x3f]);
            raw(left > 1 ? (char) BASE64[bits >>> 6 & 0x3f] : '=');
            raw(left > 2 ? (char) BASE64[bits & 0x3f] : '=');
        }
        return raw('"');
    }

    /** Bytes as Suricata prints them: what is no printable ASCII is a dot; without quotes. */
    JsonWriter printable(final DirectBuffer source, final int offset, final int count) {
        for (int i = offset; i < offset + count; i++) {
            final int value = source.getByte(i) & 0xff;
            character(value >= ' ' && value <= '~' || value == '\r' || value == '\n' ? value : '.');
        }
        return this;
    }

    /** Code point of a sequence of two to four bytes (RFC 3629), or -1 if it is none. */
    private static int decode(final DirectBuffer source, final int offset, final int first, final int more) {
        int code = first & 0x3f >>> more;
        for (int i = 1; i <= more; i++) {
            final int next = source.getByte(offset + i);
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            code = code << 6 | next & 0x3f;
        }
        final boolean tooLong = more == 2 && code < 0x800 || more == 3 && code < 0x10000;
        return tooLong || code > 0x10ffff || code >= 0xd800 && code <= 0xdfff ? -1 : code;
    }

    private void character(final int c) {
        if (c < 0x20 || c == 0x7f) {
            escape(c);
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0xa0 || c == 0x2028 || c == 0x2029) {
            // C1 controls steer terminals, the separators end lines in JavaScript: legal in JSON, but nobody's friend
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >>> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            bytes[length++] = (byte) (0xe0 | c >>> 12);
            bytes[length++] = (byte) (0x80 | c >>> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else {
            bytes[length++] = (byte) (0xf0 | c >>> 18);
            bytes[length++] = (byte) (0x80 | c >>> 12 & 0x3f);
            bytes[length++] = (byte) (0x80 | c >>> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        }
    }

    private void escape(final int c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        hex(c >>> 8);
        hex(c);
    }

    private void address4(final int address) {
        octet(address >>> 24);
        octet(address >>> 16 & 0xff);
        octet(address >>> 8 & 0xff);
        octet(address & 0xff);
        length--;
    }

    private void octet(final int value) {
        INT.set(bytes, length, OCTETS[value]);
        length += OCTET_LENGTHS[value];
    }

    private void address6(final long hi, final long lo) {
        if (fullAddresses) {
            for (int i = 0; i < 8; i++) {
                if (i > 0) {
                    bytes[length++] = ':';
                }
                hex(group(hi, lo, i) >>> 8);
                hex(group(hi, lo, i));
            }
            return;
        }
        if (hi == 0 && lo >>> 32 == 0xffff) {
            raw(MAPPED);
            address4((int) lo);
            return;
        }
        int zerosAt = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(hi, lo, i + run) == 0) {
                run++;
            }
            if (run > zeros) {
                zerosAt = i;
                zeros = run;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                bytes[length++] = ':';
                i += zeros - 1;
                if (i == 7) {
                    bytes[length++] = ':';
                }
            } else {
                if (i > 0) {
                    bytes[length++] = ':';
                }
                group(group(hi, lo, i));
            }
        }
    }

    private static int group(final long hi, final long lo, final int index) {
        return (int) ((index < 4 ? hi : lo) >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    private void group(final int value) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            final int digit = value >>> shift & 0xf;
            if (started || digit != 0 || shift == 0) {
                started = true;
                bytes[length++] = DIGITS[digit];
            }
        }
    }
}
