package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/**
 * The data of a record as text, as zone files and tools write it: see {@link DnsFormats}. Data that is not as its type
 * asks, and that of other types, is written as RFC 3597, 5 has it. One result at a time; one thread.
 */
final class DnsText {
    private static final byte[] BASE64 =
        ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] BASE32 = ascii("0123456789ABCDEFGHIJKLMNOPQRSTUV");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] GENERIC = ascii("\\# ");

    private final DnsName name = new DnsName();
    private final ServiceBinding binding = new ServiceBinding(this);
    /** One longer than the longest value, so that what does not fit is cut where it is put. */
    private final byte[] text = new byte[Transaction.MAX_VALUE + 1];
    private int length;
    private Bytes message;
    private int at;
    private int end;
    private boolean wrong;

    static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }

    /** Its characters, from index 0 on. */
    byte[] text() {
        return text;
    }

    /** How many characters. */
    int length() {
        return length;
    }

    /** Writes the data of a record, which must lie within the message. */
    DnsText of(final int type, final Bytes bytes, final int start, final int count) {
        message = bytes;
        begin(start, count);
        final String format = DnsFormats.of(type);
        for (int i = 0; format != null && i < format.length() && !wrong; i++) {
            if (i > 0 && (at < end || !isOptional(format.charAt(i)))) {
                add(' ');
            }
            part(format.charAt(i));
        }
        if (format == null || wrong || at < end && type != 249 && type != 250) {
            begin(start, count);
            add(GENERIC);
            decimal(count);
            add(' ');
            hex(end);
        }
        message = null;
        return this;
    }

    private void begin(final int start, final int count) {
        length = 0;
        at = start;
        end = start + count;
        wrong = false;
    }

    /** True if nothing may be left for a part. */
    private static boolean isOptional(final char part) {
        return part == 'P' || part == 'T' || part == 'x' || part == '6';
    }

    private void part(final char part) {
        switch (part) {
            case 'b' -> decimal(number(1));
            case 'w' -> decimal(number(2));
            case 'l' -> decimal(number(4));
            case 'u' -> decimal(number(6));
            case 't' -> type((int) number(2));
            case 'd' -> date(number(4));
            case '4' -> address(4);
            case 'g' -> groups();
            case 'n' -> name();
            case 's' -> string(true);
            case 'a' -> string(false);
            case 'S' -> strings();
            case 'q' -> quoted(end, true);
            case 'x' -> hex(end);
            case 'e' -> pairs();
            case '6' -> base64(end);
            case 'h' -> salt();
            case 'i' -> base32(prefixed(1));
            case 'm' -> base64(prefixed(2));
            case 'T' -> types();
            case 'P' -> binding.write(message, at, end);
            case 'L' -> place();
            default -> throw new IllegalStateException("no part is called " + part);
        }
        if (part == 'P') {
            at = end;
        }
    }

    /** Says that the data is not as its type asks. */
    void wrong() {
        wrong = true;
    }

    /** The next number, of 1 to 8 bytes. */
    private long number(final int bytes) {
        if (end - at < bytes) {
            wrong = true;
            return 0;
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | message.u8(at++);
        }
        return value;
    }

    /** Where the bytes end whose length stands in front of them. */
    private int prefixed(final int bytes) {
        final int count = (int) number(bytes);
        wrong |= count > end - at;
        return wrong ? at : at + count;
    }

    // ---- parts ------------------------------------------------------------------------------------------------------

    private void name() {
        if (at >= end || !name.read(message, at) || name.end() > end) {
            wrong = true;
            return;
        }
        name(name);
        at = name.end();
    }

    /** Writes a name; the root is a dot. */
    void name(final DnsName read) {
        if (read.length() == 0) {
            add('.');
        }
        for (int i = 0; i < read.length(); i++) {
            final int value = read.text()[i] & 0xff;
            escaped(value, value == ' ' || value == '"' || value == ';');
        }
    }

    private void strings() {
        wrong |= at >= end;
        for (boolean first = true; at < end && !wrong; first = false) {
            if (!first) {
                add(' ');
            }
            string(true);
        }
    }

    private void string(final boolean quotes) {
        quoted(prefixed(1), quotes);
    }

    private void quoted(final int to, final boolean quotes) {
        if (quotes) {
            add('"');
        }
        while (at < to) {
            final int value = message.u8(at++);
            escaped(value, value == '"' || value == '\\');
        }
        if (quotes) {
            add('"');
        }
    }

    /** Writes a character of a string: RFC 1035, 5.1. */
    void escaped(final int value, final boolean special) {
        if (value < ' ' || value > '~') {
            add('\\');
            add('0' + value / 100);
            add('0' + value / 10 % 10);
            add('0' + value % 10);
        } else {
            if (special) {
                add('\\');
            }
            add(value);
        }
    }

    private void hex(final int to) {
        while (at < to) {
            final int value = message.u8(at++);
            add(HEX[value >> 4]);
            add(HEX[value & 15]);
        }
    }

    private void pairs() {
        for (boolean first = true; at < end; first = false) {
            if (!first) {
                add('-');
            }
            hex(at + 1);
        }
    }

    private void salt() {
        final int to = prefixed(1);
        if (to == at) {
            add('-');
        }
        hex(to);
    }

    private void base64(final int to) {
        base64(message, at, to);
        at = Math.max(at, to);
    }

    /** Writes bytes in base 64. */
    void base64(final Bytes bytes, final int from, final int to) {
        for (int i = from; i < to; i += 3) {
            final int left = Math.min(3, to - i);
            final int bits = bytes.u8(i) << 16 | (left > 1 ? bytes.u8(i + 1) << 8 : 0)
                | (left > 2 ? bytes.u8(i + 2) : 0);
            add(BASE64[bits >>> 18]);
            add(BASE64[bits >>> 12 & 63]);
            add(left > 1 ? BASE64[bits >>> 6 & 63] : '=');
            add(left > 2 ? BASE64[bits & 63] : '=');
        }
    }

    /** RFC 4648, 7, without padding. */
    private void base32(final int to) {
        int bits = 0;
        int count = 0;
        while (at < to) {
            bits = bits << 8 | message.u8(at++);
            count += 8;
            for (; count >= 5; count -= 5) {
                add(BASE32[bits >>> count - 5 & 31]);
            }
        }
        if (count > 0) {
            add(BASE32[bits << 5 - count & 31]);
        }
    }

    private void address(final int size) {
        if (end - at < size) {
            wrong = true;
            return;
        }
        binding.address(message, at, size);
        at += size;
    }

    private void groups() {
        final long value = number(8);
        for (int shift = 48; shift >= 0; shift -= 16) {
            for (int digit = 12; digit >= 0; digit -= 4) {
                add(HEX[(int) (value >>> shift + digit) & 15]);
            }
            if (shift > 0) {
                add(':');
            }
        }
    }

    private void type(final int type) {
        final byte[] known = DnsCodes.type(type, false);
        if (known != null) {
            add(known);
        } else {
            add(DnsCodes.UNKNOWN[0]);
            decimal(type);
        }
    }

    /** Windows of 256 types: number, length, bits (RFC 4034, 4.1.2). */
    private void types() {
        boolean first = true;
        while (at < end && !wrong) {
            final int window = (int) number(1) << 8;
            final int to = prefixed(1);
            for (int i = 0; at < to; i++, at++) {
                final int bits = message.u8(at);
                for (int bit = 0; bit < 8; bit++) {
                    if ((bits & 0x80 >> bit) != 0) {
                        if (!first) {
                            add(' ');
                        }
                        first = false;
                        type(window | i << 3 | bit);
                    }
                }
            }
        }
    }

    /** A time of signatures: year, month, day, hour, minute, second (RFC 4034, 3.2). */
    private void date(final long seconds) {
        final long day = seconds / 86_400;
        // Days since March 1st of year 0, in the Gregorian calendar.
        final long shifted = day + 719_468;
        final long era = shifted / 146_097;
        final long ofEra = shifted % 146_097;
        final long year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        final long ofYear = ofEra - (365 * year + year / 4 - year / 100);
        final long month = (5 * ofYear + 2) / 153;
        digits(year + era * 400 + (month >= 10 ? 1 : 0), 4);
        digits(month < 10 ? month + 3 : month - 9, 2);
        digits(ofYear - (153 * month + 2) / 5 + 1, 2);
        digits(seconds % 86_400 / 3600, 2);
        digits(seconds % 3600 / 60, 2);
        digits(seconds % 60, 2);
    }

    /** RFC 1876: version, size, precisions, latitude, longitude, altitude. */
    private void place() {
        if (end - at != 16 || message.u8(at) != 0) {
            wrong = true;
            return;
        }
        angle(message.u32(at + 4), 'N', 'S');
        angle(message.u32(at + 8), 'E', 'W');
        metres(message.u32(at + 12) - 10_000_000);
        for (int i = 1; i <= 3; i++) {
            add(' ');
            final int size = message.u8(at + i);
            long centimetres = size >> 4;
            for (int power = 0; power < Math.min(9, size & 15); power++) {
                centimetres *= 10;
            }
            metres(centimetres);
        }
        at = end;
    }

    private void angle(final long value, final char positive, final char negative) {
        final long thousandths = Math.abs(value - (1L << 31));
        decimal(thousandths / 3_600_000);
        add(' ');
        decimal(thousandths / 60_000 % 60);
        add(' ');
        decimal(thousandths / 1000 % 60);
        add('.');
        digits(thousandths % 1000, 3);
        add(' ');
        add(value >= 1L << 31 ? positive : negative);
        add(' ');
    }

    private void metres(final long centimetres) {
        if (centimetres < 0) {
            add('-');
        }
        decimal(Math.abs(centimetres) / 100);
        add('.');
        digits(Math.abs(centimetres) % 100, 2);
        add('m');
    }

    // ---- characters -------------------------------------------------------------------------------------------------

    void decimal(final long value) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        digits(value, count);
    }

    private void digits(final long value, final int count) {
        long unit = 1;
        for (int i = 1; i < count; i++) {
            unit *= 10;
        }
        for (int i = 0; i < count; i++) {
            add((int) ('0' + value / unit % 10));
            unit = Math.max(1, unit / 10);
        }
    }

    void add(final byte[] characters) {
        for (final byte character : characters) {
            add(character);
        }
    }

    void add(final byte[] characters, final int count) {
        for (int i = 0; i < count; i++) {
            add(characters[i]);
        }
    }

    void add(final int character) {
        if (length < text.length) {
            text[length++] = (byte) character;
        }
    }
}
