package io.weir.protocol.quic.crypto;

import io.weir.protocol.Bytes;

/**
 * AES with a key of 256 bits (FIPS 197), for a single block: the key schedule runs beside the rounds and is kept
 * nowhere, so that a detector, which has no state, can use it. Any thread.
 */
public final class Aes256 {
    /** Bytes of a key. */
    public static final int KEY = 32;

    private static final int LAST_ROUND = 14;

    private Aes256() {
    }

    /**
     * Encrypts a block and answers the second half of the result.
     *
     * @param key   holds the key, all of it
     * @param keyAt where it begins
     * @param high  first eight bytes of the block, big-endian
     * @param low   the other eight
     * @return the last eight bytes of the encrypted block, big-endian
     */
    public static long encryptedLow(final Bytes key, final int keyAt, final long high, final long low) {
        int k0 = (int) key.u32(keyAt);
        int k1 = (int) key.u32(keyAt + 4);
        int k2 = (int) key.u32(keyAt + 8);
        int k3 = (int) key.u32(keyAt + 12);
        int k4 = (int) key.u32(keyAt + 16);
        int k5 = (int) key.u32(keyAt + 20);
        int k6 = (int) key.u32(keyAt + 24);
        int k7 = (int) key.u32(keyAt + 28);
        int a = (int) (high >>> 32) ^ k0;
        int b = (int) high ^ k1;
        int c = (int) (low >>> 32) ^ k2;
        int d = (int) low ^ k3;
        int constant = 1;
        for (int round = 1; round < LAST_ROUND; round += 2) {
            final int e = Aes128.column(a, b, c, d) ^ k4;
            final int f = Aes128.column(b, c, d, a) ^ k5;
            final int g = Aes128.column(c, d, a, b) ^ k6;
            final int h = Aes128.column(d, a, b, c) ^ k7;
            k0 ^= Aes128.substitute(Integer.rotateLeft(k7, 8)) ^ constant << 24;
            k1 ^= k0;
            k2 ^= k1;
            k3 ^= k2;
            constant <<= 1;
            if (round + 1 == LAST_ROUND) {
                a = e;
                b = f;
                c = g;
                d = h;
            } else {
                a = Aes128.column(e, f, g, h) ^ k0;
                b = Aes128.column(f, g, h, e) ^ k1;
                c = Aes128.column(g, h, e, f) ^ k2;
                d = Aes128.column(h, e, f, g) ^ k3;
                k4 ^= Aes128.substitute(k3);
                k5 ^= k4;
                k6 ^= k5;
                k7 ^= k6;
            }
        }
        return (long) (Aes128.last(c, d, a, b) ^ k2) << 32 | (Aes128.last(d, a, b, c) ^ k3) & 0xffff_ffffL;
    }
}
