package io.weir.protocol.text;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/** Writes addresses as text: IPv4 with dots, IPv6 as in RFC 5952. One result at a time. One thread. */
public final class AddressText {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text = new byte[40];
    private int length;

    /** Writes an address of 4 or 16 bytes. */
    public AddressText of(final Bytes bytes, final int from, final int count) {
        length = 0;
        if (count == 4) {
            for (int i = 0; i < 4; i++) {
                if (i > 0) {
                    add('.');
                }
                decimal(bytes.u8(from + i));
            }
        } else {
            ipv6(bytes, from);
        }
        return this;
    }

    /** What was written, from index 0 on. */
    public byte[] text() {
        return text;
    }

    /** How many characters it has. */
    public int length() {
        return length;
    }

    private void ipv6(final Bytes bytes, final int from) {
        int zerosAt = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && bytes.u16(from + 2 * (i + run)) == 0) {
                run++;
            }
            if (run > zeros) {
                zerosAt = i;
                zeros = run;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                add(':');
                add(':');
                i += zeros - 1;
            } else {
                if (i > 0 && i != zerosAt + zeros) {
                    add(':');
                }
                hex(bytes.u16(from + 2 * i));
            }
        }
    }

    private void hex(final int value) {
        for (int shift = 12; shift >= 0; shift -= 4) {
            if (value >> shift != 0 || shift == 0) {
                add(DIGITS[value >> shift & 0xf]);
            }
        }
    }

    private void decimal(final int value) {
        for (int unit = 100; unit > 0; unit /= 10) {
            if (value >= unit || unit == 1) {
                add(DIGITS[value / unit % 10]);
            }
        }
    }

    private void add(final int character) {
        text[length++] = (byte) character;
    }
}
