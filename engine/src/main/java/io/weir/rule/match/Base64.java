package io.weir.rule.match;

import java.util.Arrays;

/** Decodes base 64. */
final class Base64 {
    private static final int GROUP = 4;
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        final String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            VALUES[digits.charAt(i)] = (byte) i;
        }
    }

    private Base64() {
    }

    /** What is done about characters that are not of it. */
    enum Mode {
        /** They end it, but for white space. */
        UP_TO,
        /** They are passed over, RFC 2045. */
        PASSED_OVER,
        /** Nothing is decoded. */
        NONE
    }

    /** Decodes at most {@code count} bytes from {@code from} on; answers how many bytes came out. */
    static int decode(final Input in, final int from, final int count, final byte[] target) {
        return decode(in, from, count, target, Mode.UP_TO);
    }

    /** The same, in this mode. */
    static int decode(final Input in, final int from, final int count, final byte[] target, final Mode mode) {
        final int end = from + count;
        int bits = 0;
        int held = 0;
        int written = 0;
        for (int i = from; i < end && written < target.length; i++) {
            final byte value = in.at(i);
            final int digit = VALUES[value & 0xff];
            if (digit < 0 && value != '='
                && (mode == Mode.PASSED_OVER || mode == Mode.UP_TO && NumberReader.isSpace(value))) {
                continue;
            }
            if (digit < 0) {
                return mode == Mode.NONE && !isPadding(in, i, from, end) ? 0 : written;
            }
            held = held << 6 | digit;
            bits += 6;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                target[written++] = (byte) (held >>> bits);
            }
        }
        return mode == Mode.NONE && count % GROUP != 0 ? 0 : written;
    }

    /** True if all that is left is one or two equals signs that fill up the last group. */
    private static boolean isPadding(final Input in, final int at, final int from, final int end) {
        return (end - from) % GROUP == 0 && end - at <= 2 && in.at(at) == '=' && in.at(end - 1) == '=';
    }
}
