package io.weir.protocol.quic.crypto;

/** AES with a key of 128 bits, encrypting single blocks (FIPS 197). Set to a key as often as needed. */
public final class Aes128 {
    /** Bytes of a block and of a key. */
    public static final int BLOCK = 16;

    private static final int ROUNDS = 10;
    private static final int[] SBOX = new int[256];
    /** What one byte of the first row contributes to a column; the other rows' are rotations. */
    private static final int[] T0 = new int[256];
    private static final int[] T1 = new int[256];
    private static final int[] T2 = new int[256];
    private static final int[] T3 = new int[256];

    static {
        int p = 1;
        int q = 1;
        do {
            p = (p ^ p << 1 ^ ((p & 0x80) != 0 ? 0x11b : 0)) & 0xff;
            q ^= q << 1;
            q ^= q << 2;
            q ^= q << 4;
            q = (q ^ ((q & 0x80) != 0 ? 0x09 : 0)) & 0xff;
            SBOX[p] = q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4) ^ 0x63;
        } while (p != 1);
        SBOX[0] = 0x63;
        for (int i = 0; i < 256; i++) {
            final int s = SBOX[i];
            final int twice = (s << 1 ^ ((s & 0x80) != 0 ? 0x11b : 0)) & 0xff;
            T0[i] = twice << 24 | s << 16 | s << 8 | twice ^ s;
            T1[i] = Integer.rotateRight(T0[i], 8);
            T2[i] = Integer.rotateRight(T0[i], 16);
            T3[i] = Integer.rotateRight(T0[i], 24);
        }
    }

    private final int[] round = new int[4 * (ROUNDS + 1)];

    private static int rotate(final int value, final int by) {
        return (value << by | value >>> 8 - by) & 0xff;
    }

    /** Takes the 16 bytes of a key. */
    public void key(final byte[] key, final int offset) {
        for (int i = 0; i < 4; i++) {
            round[i] = word(key, offset + 4 * i);
        }
        int constant = 1;
        for (int i = 4; i < round.length; i++) {
            int word = round[i - 1];
            if ((i & 3) == 0) {
                word = substitute(Integer.rotateLeft(word, 8)) ^ constant << 24;
                constant = (constant << 1 ^ ((constant & 0x80) != 0 ? 0x11b : 0)) & 0xff;
            }
            round[i] = round[i - 4] ^ word;
        }
    }

    static int substitute(final int word) {
        return SBOX[word >>> 24] << 24 | SBOX[word >>> 16 & 0xff] << 16 | SBOX[word >>> 8 & 0xff] << 8
            | SBOX[word & 0xff];
    }

    /** Encrypts a block; input and output may be the same. */
    public void encrypt(final byte[] in, final int inOffset, final byte[] out, final int outOffset) {
        int a = word(in, inOffset) ^ round[0];
        int b = word(in, inOffset + 4) ^ round[1];
        int c = word(in, inOffset + 8) ^ round[2];
        int d = word(in, inOffset + 12) ^ round[3];
        for (int i = 4; i < 4 * ROUNDS; i += 4) {
            final int e = column(a, b, c, d) ^ round[i];
            final int f = column(b, c, d, a) ^ round[i + 1];
            final int g = column(c, d, a, b) ^ round[i + 2];
            d = column(d, a, b, c) ^ round[i + 3];
            a = e;
            b = f;
            c = g;
        }
        putWord(out, outOffset, last(a, b, c, d) ^ round[40]);
        putWord(out, outOffset + 4, last(b, c, d, a) ^ round[41]);
        putWord(out, outOffset + 8, last(c, d, a, b) ^ round[42]);
        putWord(out, outOffset + 12, last(d, a, b, c) ^ round[43]);
    }

    static int column(final int first, final int second, final int third, final int fourth) {
        return T0[first >>> 24] ^ T1[second >>> 16 & 0xff] ^ T2[third >>> 8 & 0xff] ^ T3[fourth & 0xff];
    }

    static int last(final int first, final int second, final int third, final int fourth) {
        return SBOX[first >>> 24] << 24 | SBOX[second >>> 16 & 0xff] << 16 | SBOX[third >>> 8 & 0xff] << 8
            | SBOX[fourth & 0xff];
    }

    static int word(final byte[] from, final int at) {
        return from[at] << 24 | (from[at + 1] & 0xff) << 16 | (from[at + 2] & 0xff) << 8 | from[at + 3] & 0xff;
    }

    static void putWord(final byte[] to, final int at, final int value) {
        to[at] = (byte) (value >>> 24);
        to[at + 1] = (byte) (value >>> 16);
        to[at + 2] = (byte) (value >>> 8);
        to[at + 3] = (byte) value;
    }
}
