package io.weir.protocol.content;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/**
 * Undoes the transfer encoding of a part of a message, line by line, RFC 2045, section 6: base64, in which characters
 * that do not belong there are passed over, or quoted-printable. Used again for the next part; one thread.
 */
public final class TransferDecoder {
    private static final int MOST_LINE = 4096;
    private static final byte[] VALUES = values();

    private final byte[] out = new byte[MOST_LINE + 2];
    private Encoding encoding;
    private boolean openLine;
    private int bits;
    private int count;

    /** How content is written as lines. */
    public enum Encoding {
        /** As it is. */
        NONE,
        /** RFC 2045, section 6.8. */
        BASE64,
        /** RFC 2045, section 6.7. */
        QUOTED_PRINTABLE
    }

    private static byte[] values() {
        final byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        final String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** Begins with a part. */
    public void begin(final Encoding of) {
        encoding = of;
        openLine = false;
        bits = 0;
        count = 0;
    }

    /**
     * Takes a line without its end; of longer ones than 4096 bytes the rest is left out.
     *
     * @return how many bytes lie in {@link #bytes}
     */
    public int line(final Bytes line) {
        final int length = Math.min(line.length(), MOST_LINE);
        return switch (encoding) {
            case BASE64 -> base64(line, length);
            case QUOTED_PRINTABLE -> quoted(line, length);
            default -> plain(line, length);
        };
    }

    /** What the last line held. */
    public byte[] bytes() {
        return out;
    }

    private int base64(final Bytes line, final int length) {
        int to = 0;
        for (int i = 0; i < length; i++) {
            final int value = VALUES[line.u8(i)];
            if (value >= 0) {
                bits = bits << 6 | value;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    out[to++] = (byte) (bits >> count);
                }
            }
        }
        return to;
    }

    /** The end of a line belongs to what follows it: behind the last one stands what divides the parts. */
    private int lineEnd() {
        if (!openLine) {
            return 0;
        }
        out[0] = '\r';
        out[1] = '\n';
        return 2;
    }

    private int plain(final Bytes line, final int length) {
        final int to = lineEnd();
        openLine = true;
        line.copyTo(0, out, to, length);
        return to + length;
    }

    private int quoted(final Bytes line, final int length) {
        int to = lineEnd();
        int end = length;
        while (end > 0 && (line.u8(end - 1) == ' ' || line.u8(end - 1) == '\t')) {
            end--;
        }
        openLine = end == 0 || line.u8(end - 1) != '=';
        end = openLine ? end : end - 1;
        for (int i = 0; i < end; i++) {
            final int high = line.u8(i) == '=' ? Character.digit(line.u8(i + 1), 16) : -1;
            final int low = high < 0 || i + 2 >= end ? -1 : Character.digit(line.u8(i + 2), 16);
            if (low >= 0) {
                out[to++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[to++] = (byte) line.u8(i);
            }
        }
        return to;
    }
}
