package io.weir.protocol.quic.crypto;

/** Opens what AES-128-GCM sealed, with nonces of 12 bytes and tags of 16 (NIST SP 800-38D, RFC 5116). One thread. */
public final class AesGcm {
    /** Bytes of a nonce. */
    public static final int NONCE = 12;
    /** Bytes of a tag. */
    public static final int TAG = 16;

    private final Aes128 cipher = new Aes128();
    private final Ghash ghash = new Ghash();
    private final byte[] counter = new byte[Aes128.BLOCK];
    private final byte[] pad = new byte[Aes128.BLOCK];

    /** Takes the 16 bytes of a key. */
    public void key(final byte[] key, final int offset) {
        cipher.key(key, offset);
        java.util.Arrays.fill(counter, (byte) 0);
        cipher.encrypt(counter, 0, pad, 0);
        ghash.key(pad);
    }

    /**
     * Checks and decrypts, in place.
     *
     * @param nonce      its 12 bytes
     * @param data       header and, right behind it, sealed text and tag
     * @param header     where the authenticated header begins
     * @param sealed     where it ends and the sealed text begins
     * @param end        end of the tag
     * @return length of the text, which begins at {@code sealed}; -1, with nothing changed, if the tag does not fit
     */
    public int open(final byte[] nonce, final byte[] data, final int header, final int sealed, final int end) {
        final int length = end - sealed - TAG;
        if (length < 0) {
            return -1;
        }
        ghash.begin();
        ghash.update(data, header, sealed - header);
        ghash.update(data, sealed, length);
        ghash.block((sealed - header) * 8L, length * 8L);
        System.arraycopy(nonce, 0, counter, 0, NONCE);
        Aes128.putWord(counter, NONCE, 1);
        cipher.encrypt(counter, 0, pad, 0);
        final int tag = sealed + length;
        if ((Ghash.longAt(pad, 0) ^ ghash.high()) != Ghash.longAt(data, tag)
            || (Ghash.longAt(pad, 8) ^ ghash.low()) != Ghash.longAt(data, tag + 8)) {
            return -1;
        }
        int block = 2;
        for (int at = sealed; at < tag; at += Aes128.BLOCK) {
            Aes128.putWord(counter, NONCE, block++);
            cipher.encrypt(counter, 0, pad, 0);
            final int count = Math.min(Aes128.BLOCK, tag - at);
            for (int i = 0; i < count; i++) {
                data[at + i] ^= pad[i];
            }
        }
        return length;
    }
}
