package io.weir.protocol.quic.crypto;

/** SHA-256 (FIPS 180-4). Its state can be saved and taken up again, for HMAC. One thread. */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;
    /** Bytes it works on at a time. */
    public static final int BLOCK = 64;
    /** Words of its state. */
    static final int STATE = 8;

    private static final int[] K = new int[64];
    private static final int[] START = new int[STATE];

    static {
        int found = 0;
        for (int number = 2; found < 64; number++) {
            boolean prime = true;
            for (int i = 2; i * i <= number; i++) {
                prime &= number % i != 0;
            }
            if (prime) {
                K[found] = fraction(Math.cbrt(number));
                if (found < STATE) {
                    START[found] = fraction(Math.sqrt(number));
                }
                found++;
            }
        }
    }

    private final int[] state = new int[STATE];
    private final int[] schedule = new int[64];
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long total;

    /** First 32 bits behind the point: a double has 52, of which at most 5 stand before it. */
    private static int fraction(final double root) {
        return (int) (long) ((root - Math.floor(root)) * (1L << 32));
    }

    /** Begins a message. */
    public void begin() {
        System.arraycopy(START, 0, state, 0, STATE);
        filled = 0;
        total = 0;
    }

    /** Goes on from a state that was saved after one block. */
    void resume(final int[] saved) {
        System.arraycopy(saved, 0, state, 0, STATE);
        filled = 0;
        total = BLOCK;
    }

    /** Saves the state after whole blocks. */
    void save(final int[] to) {
        System.arraycopy(state, 0, to, 0, STATE);
    }

    /** Takes bytes. */
    public void update(final byte[] from, final int offset, final int length) {
        int at = offset;
        int left = length;
        total += length;
        while (left > 0) {
            final int count = Math.min(left, BLOCK - filled);
            System.arraycopy(from, at, block, filled, count);
            filled += count;
            at += count;
            left -= count;
            if (filled == BLOCK) {
                compress();
                filled = 0;
            }
        }
    }

    /** Ends the message and writes the 32 bytes of its hash. */
    public void end(final byte[] to, final int offset) {
        final long bits = total * 8;
        block[filled++] = (byte) 0x80;
        if (filled > BLOCK - 8) {
            java.util.Arrays.fill(block, filled, BLOCK, (byte) 0);
            compress();
            filled = 0;
        }
        java.util.Arrays.fill(block, filled, BLOCK - 8, (byte) 0);
        Aes128.putWord(block, BLOCK - 8, (int) (bits >>> 32));
        Aes128.putWord(block, BLOCK - 4, (int) bits);
        compress();
        for (int i = 0; i < STATE; i++) {
            Aes128.putWord(to, offset + 4 * i, state[i]);
        }
    }

    private void compress() {
        final int[] w = schedule;
        for (int i = 0; i < 16; i++) {
            w[i] = Aes128.word(block, 4 * i);
        }
        for (int i = 16; i < 64; i++) {
            final int x = w[i - 15];
            final int y = w[i - 2];
            w[i] = w[i - 16] + w[i - 7]
                + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3)
                + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10);
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < 64; i++) {
            final int first = h + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                + (e & f ^ ~e & g) + K[i] + w[i];
            final int second = (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
