package io.weir.protocol.quic.crypto;

/**
 * The universal hash of Galois/Counter Mode (NIST SP 800-38D, section 6.4). Multiplies four bits at a time, with a
 * table of 16 multiples of the hash key.
 */
final class Ghash {
    /** What the four bits that a shift pushes out come back as, in the uppermost 16 bits. */
    private static final long[] REDUCTION = new long[16];

    static {
        for (int i = 0; i < 16; i++) {
            int sum = 0;
            for (int bit = 0; bit < 4; bit++) {
                sum ^= (i >> bit & 1) * (0x1c20 << bit);
            }
            REDUCTION[i] = (long) sum << 48;
        }
    }

    private final long[] multipleHigh = new long[16];
    private final long[] multipleLow = new long[16];
    private long high;
    private long low;

    /** Takes the hash key, and begins with nothing. */
    void key(final byte[] key) {
        long keyHigh = longAt(key, 0);
        long keyLow = longAt(key, 8);
        for (int i = 8; i > 0; i >>= 1) {
            multipleHigh[i] = keyHigh;
            multipleLow[i] = keyLow;
            final long carry = keyLow & 1;
            keyLow = keyLow >>> 1 | keyHigh << 63;
            keyHigh = keyHigh >>> 1 ^ carry * 0xe100_0000_0000_0000L;
        }
        for (int i = 2; i < 16; i <<= 1) {
            for (int j = 1; j < i; j++) {
                multipleHigh[i + j] = multipleHigh[i] ^ multipleHigh[j];
                multipleLow[i + j] = multipleLow[i] ^ multipleLow[j];
            }
        }
    }

    /** Begins anew with the same key. */
    void begin() {
        high = 0;
        low = 0;
    }

    /** Takes bytes, padded with zeros to whole blocks. */
    void update(final byte[] from, final int offset, final int length) {
        int at = offset;
        final int end = offset + length;
        for (; at <= end - 16; at += 16) {
            block(longAt(from, at), longAt(from, at + 8));
        }
        if (at < end) {
            long first = 0;
            long second = 0;
            for (int i = 0; i < end - at; i++) {
                final long value = from[at + i] & 0xffL;
                if (i < 8) {
                    first |= value << 56 - 8 * i;
                } else {
                    second |= value << 120 - 8 * i;
                }
            }
            block(first, second);
        }
    }

    /** Takes one block. */
    void block(final long first, final long second) {
        final long x = high ^ first;
        final long y = low ^ second;
        long productHigh = 0;
        long productLow = 0;
        for (int shift = 0; shift < 128; shift += 4) {
            final int nibble = (int) (shift < 64 ? y >>> shift : x >>> shift - 64) & 15;
            final int out = (int) productLow & 15;
            productLow = productLow >>> 4 | productHigh << 60;
            productHigh = productHigh >>> 4 ^ REDUCTION[out];
            productHigh ^= multipleHigh[nibble];
            productLow ^= multipleLow[nibble];
        }
        high = productHigh;
        low = productLow;
    }

    /** First 8 bytes of the hash. */
    long high() {
        return high;
    }

    /** Last 8 bytes of the hash. */
    long low() {
        return low;
    }

    static long longAt(final byte[] from, final int at) {
        return (long) Aes128.word(from, at) << 32 | Aes128.word(from, at + 4) & 0xffff_ffffL;
    }
}
