package io.weir.protocol.tls.fingerprint;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** ASCII text in the making and its hash, in buffers that are used again. What has no room is left out. One thread. */
final class HashedText {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private final byte[] digest;
    private final byte[] hex;
    private final MessageDigest algorithm;
    private final KnownValues known;
    private int length;

    HashedText(final String algorithm, final int capacity) {
        try {
            this.algorithm = MessageDigest.getInstance(algorithm);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
        text = new byte[capacity];
        digest = new byte[this.algorithm.getDigestLength()];
        hex = new byte[2 * digest.length];
        known = new KnownValues(hex.length);
    }

    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    HashedText clear() {
        length = 0;
        return this;
    }

    HashedText add(final char character) {
        if (length < text.length) {
            text[length++] = (byte) character;
        }
        return this;
    }

    /** Adds a number below 100,000 in decimal digits, behind a separator unless it is 0. */
    HashedText addDecimal(final char separator, final int value) {
        if (separator != 0) {
            add(separator);
        }
        final int digits = value < 10 ? 1 : value < 100 ? 2 : value < 1_000 ? 3 : value < 10_000 ? 4 : 5;
        int left = value;
        for (int i = length + digits - 1; i >= length; i--) {
            final int tens = left / 10;
            put(i, (byte) ('0' + left - 10 * tens));
            left = tens;
        }
        return longer(digits);
    }

    /** Adds four hexadecimal digits, behind a separator unless it is 0. */
    HashedText addHex(final char separator, final int value) {
        if (separator != 0) {
            add(separator);
        }
        put(length, DIGITS[value >> 12 & 0xf]);
        put(length + 1, DIGITS[value >> 8 & 0xf]);
        put(length + 2, DIGITS[value >> 4 & 0xf]);
        put(length + 3, DIGITS[value & 0xf]);
        return longer(4);
    }

    private void put(final int at, final byte character) {
        if (at < text.length) {
            text[at] = character;
        }
    }

    private HashedText longer(final int count) {
        length = Math.min(text.length, length + count);
        return this;
    }

    /** Writes the first hexadecimal digits of the text's hash. */
    void hash(final byte[] target, final int offset, final int digits) {
        final boolean mayBeKnown = length <= KnownValues.MAX_KEY;
        final long hash = mayBeKnown ? KnownValues.hash(text, length) : 0;
        final int found = mayBeKnown ? known.find(hash, text, length) : KnownValues.UNKNOWN;
        if (found == KnownValues.UNKNOWN) {
            digest();
            if (mayBeKnown) {
                known.keep(hash, text, length, hex);
            }
            System.arraycopy(hex, 0, target, offset, digits);
        } else {
            System.arraycopy(known.values(), found, target, offset, digits);
        }
    }

    private void digest() {
        algorithm.update(text, 0, length);
        try {
            algorithm.digest(digest, 0, digest.length);
        } catch (final DigestException e) {
            throw new IllegalStateException("the array has the algorithm's length", e);
        }
        for (int i = 0; i < hex.length; i++) {
            hex[i] = digit(digest[i / 2] >> ((i & 1) == 0 ? 4 : 0));
        }
    }

    static byte digit(final int value) {
        return DIGITS[value & 0xf];
    }
}
