package io.weir.protocol.quic;

import io.weir.protocol.Bytes;
import io.weir.protocol.quic.crypto.Aes128;
import io.weir.protocol.quic.crypto.AesGcm;
import io.weir.protocol.quic.crypto.Hkdf;
import io.weir.protocol.quic.crypto.Sha256;

/**
 * Opens Initial packets: derives keys from version and connection id (RFC 9001, 5.2), removes the protection of the
 * header (5.4) and decrypts (5.3). Serves all flows of a worker; holds a budget of packets per second of their time,
 * and remembers the keys derived last, because a flow's packets mostly come one after the other. One thread.
 */
final class InitialOpener {
    /** Packets opened per second and worker, tried or not: about half of a core. */
    static final int BUDGET = 20_000;
    /** Longest packet. */
    static final int MAX_PACKET = 4096;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte[] CLIENT = Hkdf.label("client in", Sha256.LENGTH);
    private static final byte[] SERVER = Hkdf.label("server in", Sha256.LENGTH);
    private static final int SAMPLE = 4;

    private final Hkdf hkdf = new Hkdf();
    private final AesGcm gcm = new AesGcm();
    private final Aes128 headerCipher = new Aes128();
    private final byte[] secret = new byte[Sha256.LENGTH];
    private final byte[] key = new byte[Aes128.BLOCK];
    private final byte[] iv = new byte[AesGcm.NONCE];
    private final byte[] nonce = new byte[AesGcm.NONCE];
    private final byte[] mask = new byte[Aes128.BLOCK];
    private final byte[] packet = new byte[MAX_PACKET];
    private final Bytes text = new Bytes();

    private final byte[] knownId = new byte[LongHeader.MAX_ID];
    private int knownLength = -1;
    private Version knownVersion;
    private boolean knownSide;

    private long second = Long.MIN_VALUE;
    private int left;

    /** Takes one from the budget. */
    boolean mayOpen(final long nowNs) {
        final long now = Math.floorDiv(nowNs, SECOND_NS);
        if (now != second) {
            second = now;
            left = BUDGET;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /**
     * Opens a packet.
     *
     * @param version    whose keys it is opened with, never a reserved one
     * @param id         the id that the client chose for the server at first
     * @param fromClient which side sent the packet
     * @return its frames, valid until the next call, or null if it cannot be opened with this id
     */
    Bytes open(final Bytes datagram, final int at, final LongHeader header, final Version version,
        final byte[] id, final int idLength, final boolean fromClient) {
        final int length = header.end() - at;
        if (length > MAX_PACKET || !datagram.has(at, length)) {
            return null;
        }
        derive(version, id, idLength, fromClient);
        datagram.copyTo(at, packet, 0, length);
        final int numberFrom = header.from() - at;
        headerCipher.encrypt(packet, numberFrom + SAMPLE, mask, 0);
        packet[0] ^= (byte) (mask[0] & 0x0f);
        final int numberLength = (packet[0] & 3) + 1;
        System.arraycopy(iv, 0, nonce, 0, iv.length);
        for (int i = 0; i < numberLength; i++) {
            packet[numberFrom + i] ^= mask[1 + i];
            nonce[nonce.length - numberLength + i] ^= packet[numberFrom + i];
        }
        final int sealed = numberFrom + numberLength;
        final int opened = gcm.open(nonce, packet, 0, sealed, length);
        return opened < 0 ? null : text.wrap(packet, sealed, opened);
    }

    private void derive(final Version version, final byte[] id, final int idLength, final boolean fromClient) {
        if (version == knownVersion && fromClient == knownSide && idLength == knownLength
            && java.util.Arrays.equals(id, 0, idLength, knownId, 0, idLength)) {
            return;
        }
        System.arraycopy(id, 0, knownId, 0, idLength);
        knownLength = idLength;
        knownVersion = version;
        knownSide = fromClient;
        hkdf.extract(version.salt(), id, 0, idLength);
        hkdf.expand(fromClient ? CLIENT : SERVER, secret, 0, secret.length);
        hkdf.key(secret, 0, secret.length);
        hkdf.expand(version.headerLabel(), key, 0, key.length);
        headerCipher.key(key, 0);
        hkdf.expand(version.ivLabel(), iv, 0, iv.length);
        hkdf.expand(version.keyLabel(), key, 0, key.length);
        gcm.key(key, 0);
    }
}
