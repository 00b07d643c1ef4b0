package io.weir.protocol.quic.crypto;

import java.nio.charset.StandardCharsets;

/** HKDF with HMAC-SHA-256 (RFC 2104, RFC 5869), and HKDF-Expand-Label of TLS 1.3 (RFC 8446, 7.1). One thread. */
public final class Hkdf {
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5c;

    private final Sha256 sha = new Sha256();
    private final int[] inner = new int[Sha256.STATE];
    private final int[] outer = new int[Sha256.STATE];
    private final byte[] block = new byte[Sha256.BLOCK];
    private final byte[] hash = new byte[Sha256.LENGTH];

    /**
     * The information that {@link #expand} takes for a label of TLS 1.3 with an empty context, and its count: what does
     * not change is put together once.
     *
     * @param label  without the {@code tls13 } in front
     * @param length of the secret wanted, at most 32
     */
    public static byte[] label(final String label, final int length) {
        final byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        final byte[] info = new byte[3 + full.length + 2];
        info[1] = (byte) length;
        info[2] = (byte) full.length;
        System.arraycopy(full, 0, info, 3, full.length);
        info[info.length - 1] = 1;
        return info;
    }

    /** HKDF-Extract: the secret becomes what the next {@link #expand} draws from. */
    public void extract(final byte[] salt, final byte[] input, final int offset, final int length) {
        key(salt, 0, salt.length);
        mac(input, offset, length);
        key(hash, 0, hash.length);
    }

    /** Takes a secret of at most 64 bytes that {@link #expand} draws from. */
    public void key(final byte[] key, final int offset, final int length) {
        pad(key, offset, length, INNER_PAD);
        sha.save(inner);
        pad(key, offset, length, OUTER_PAD);
        sha.save(outer);
    }

    private void pad(final byte[] key, final int offset, final int length, final int with) {
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i < length ? key[offset + i] ^ with : with);
        }
        sha.begin();
        sha.update(block, 0, block.length);
    }

    /** HKDF-Expand for at most 32 bytes. */
    public void expand(final byte[] info, final byte[] to, final int offset, final int length) {
        mac(info, 0, info.length);
        System.arraycopy(hash, 0, to, offset, length);
    }

    private void mac(final byte[] from, final int offset, final int length) {
        sha.resume(inner);
        sha.update(from, offset, length);
        sha.end(hash, 0);
        sha.resume(outer);
        sha.update(hash, 0, hash.length);
        sha.end(hash, 0);
    }
}
