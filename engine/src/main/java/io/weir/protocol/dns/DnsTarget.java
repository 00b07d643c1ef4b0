package io.weir.protocol.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/** The message of DNS in the target of a GET (RFC 8484, 4.1.1): its parameter "dns", in base 64. One thread. */
public final class DnsTarget {
    /** Longest message. */
    private static final int MOST = 1024;
    private static final byte[] NAME = "dns=".getBytes(US_ASCII);
    private static final byte[] VALUES = new byte[128];

    private final byte[] bytes = new byte[MOST];
    private final Bytes view = new Bytes();

    static {
        Arrays.fill(VALUES, (byte) -1);
        final String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < digits.length(); i++) {
            VALUES[digits.charAt(i)] = (byte) i;
        }
    }

    /** The message in a target, valid until the next call; null if there is none. */
    public Bytes read(final Bytes line, final int from, final int to) {
        int at = line.indexOf('?', from, to);
        while (at >= 0 && !(at + 1 + NAME.length < to && line.matches(at + 1, NAME))) {
            at = line.indexOf('&', at + 1, to);
        }
        return at < 0 ? null : decode(line, at + 1 + NAME.length, to);
    }

    private Bytes decode(final Bytes line, final int from, final int to) {
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int i = from; i < to && line.u8(i) != '&'; i++) {
            final int digit = line.u8(i) < VALUES.length ? VALUES[line.u8(i)] : -1;
            if (digit < 0 || length == MOST) {
                return null;
            }
            held = held << 6 | digit;
            bits += 6;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[length++] = (byte) (held >> bits);
            }
        }
        return view.wrap(bytes, 0, length);
    }
}
