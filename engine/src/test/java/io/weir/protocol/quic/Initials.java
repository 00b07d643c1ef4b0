package io.weir.protocol.quic;

import io.weir.protocol.quic.crypto.Hkdf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals Initial packets as RFC 9001, 5 says, with the platform's ciphers. */
public final class Initials {
    private static final int SHORTEST = 3;

    static final byte[] ID = HexFormat.of().parseHex("8394c8f03e515708");

    private final int version;
    private final Version family;
    private final byte[] key = new byte[16];
    private final byte[] iv = new byte[12];
    private final byte[] headerKey = new byte[16];
    private final boolean client;
    private int packetNumber;

    /** Packets of one side in a version that has keys of its own. */
    public Initials(final int version, final boolean client) {
        this(version, Version.of(version & 0xffff_ffffL), client);
    }

    /** Packets with the keys of another version than they say. */
    Initials(final int version, final Version keys, final boolean client) {
        this.version = version;
        this.client = client;
        family = keys;
        final Hkdf hkdf = new Hkdf();
        final byte[] secret = new byte[32];
        hkdf.extract(family.salt(), ID, 0, ID.length);
        hkdf.expand(Hkdf.label(client ? "client in" : "server in", 32), secret, 0, 32);
        hkdf.key(secret, 0, 32);
        hkdf.expand(family.keyLabel(), key, 0, 16);
        hkdf.expand(family.ivLabel(), iv, 0, 12);
        hkdf.expand(family.headerLabel(), headerKey, 0, 16);
    }

    byte[] key() {
        return key;
    }

    byte[] iv() {
        return iv;
    }

    byte[] headerKey() {
        return headerKey;
    }

    /** A packet with these frames, padded to a length if that is longer. */
    public byte[] seal(final int length, final byte[]... frames) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (final byte[] frame : frames) {
            text.writeBytes(frame);
        }
        final int header = 7 + ID.length + 1 + 2 + 1;
        // header protection takes its sample 4 bytes behind the packet number's beginning: RFC 9001, 5.4.2
        final int least = Math.max(SHORTEST, length - header - 16);
        final byte[] padded = Arrays.copyOf(text.toByteArray(), Math.max(text.size(), least));
        final ByteBuffer packet = ByteBuffer.allocate(header + padded.length + 16);
        packet.put((byte) (family.isSecond() ? 0xd0 : 0xc0)).putInt(version);
        if (client) {
            packet.put((byte) ID.length).put(ID).put((byte) 0);
        } else {
            packet.put((byte) 0).put((byte) ID.length).put(new byte[ID.length]);
        }
        packet.put((byte) 0).putShort((short) (0x4000 | padded.length + 17)).put((byte) packetNumber);
        final byte[] nonce = iv.clone();
        nonce[11] ^= (byte) packetNumber++;
        final byte[] mask = new byte[16];
        try {
            final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(packet.array(), 0, header);
            packet.put(cipher.doFinal(padded));
            final Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
            block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(headerKey, "AES"));
            block.doFinal(packet.array(), header + 3, 16, mask);
        } catch (final GeneralSecurityException e) {
            throw new AssertionError("the platform has AES-128-GCM", e);
        }
        packet.array()[0] ^= (byte) (mask[0] & 15);
        packet.array()[header - 1] ^= mask[1];
        return packet.array();
    }

    /** A CRYPTO frame with part of a message. */
    public static byte[] crypto(final byte[] message, final int from, final int to) {
        return ByteBuffer.allocate(5 + to - from).put((byte) 6).putShort((short) (0x4000 | from))
            .putShort((short) (0x4000 | to - from)).put(message, from, to - from).array();
    }

    /** A handshake message of TLS. */
    public static byte[] message(final int type, final byte[] body) {
        return ByteBuffer.allocate(4 + body.length).putInt(type << 24 | body.length).put(body).array();
    }
}
