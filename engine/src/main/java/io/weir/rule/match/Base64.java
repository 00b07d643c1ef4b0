package io.weir.rule.match;

import java.util.Arrays;

/** Decodes base 64 (RFC 4648), as far as it goes: the first character that is not of it ends it. */
final class Base64 {
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

    /** Decodes at most {@code count} bytes from {@code from} on; answers how many bytes came out. */
    static int decode(final Input in, final int from, final int count, final byte[] target) {
        final int end = from + count;
        int bits = 0;
        int held = 0;
        int written = 0;
        for (int i = from; i < end && written < target.length; i++) {
            final byte value = in.at(i);
            if (NumberReader.isSpace(value)) {
                continue;
            }
            final int digit = VALUES[value & 0xff];
            if (digit < 0) {
                break;
            }
            held = held << 6 | digit;
            bits += 6;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                target[written++] = (byte) (held >>> bits);
            }
        }
        return written;
    }
}
