package io.weir.protocol.ssh;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Fingerprint of a side by the algorithms it offers (HASSH by Salesforce): four lists of names between semicolons, and
 * their MD5. One for a worker. One thread.
 */
final class Hassh {
    static final Scratch<Hassh> SCRATCH = Scratch.of(Hassh.class, Hassh::new);

    private static final int KEX = 0;
    private static final int ENCRYPTION = 2;
    private static final int MAC = 4;
    private static final int COMPRESSION = 6;
    private static final int LISTS = 8;

    private final MessageDigest md5 = md5();
    private final byte[] hash = new byte[16];
    private final byte[] digits = new byte[32];
    private final int[] listAt = new int[LISTS];
    private final int[] listLength = new int[LISTS];

    private Hassh() {
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** Finds the lists of names in a packet that offers algorithms, of which they begin here; false if one is cut. */
    boolean find(final Bytes packet, final int from) {
        int at = from;
        for (int i = 0; i < LISTS; i++) {
            final long length = packet.u32(at);
            if (length < 0 || length > packet.length() - at - 4) {
                return false;
            }
            listAt[i] = at + 4;
            listLength[i] = (int) length;
            at += 4 + (int) length;
        }
        return true;
    }

    /**
     * Tells the fingerprint of the side that has sent the packet in which the lists were {@link #find found}.
     *
     * @return false if there was no memory for the lists, and nothing is told
     */
    boolean tell(final Transaction record, final boolean fromClient, final Bytes packet, final BufferPool buffers) {
        final int first = fromClient ? 0 : 1;
        final int encryption = ENCRYPTION + first;
        final int mac = MAC + first;
        final int compression = COMPRESSION + first;
        final int length = listLength[KEX] + listLength[encryption] + listLength[mac] + listLength[compression] + 3;
        final byte[] text = buffers.take(length);
        if (text == null) {
            return false;
        }
        int to = copy(packet, KEX, text, 0);
        text[to++] = ';';
        to = copy(packet, encryption, text, to);
        text[to++] = ';';
        to = copy(packet, mac, text, to);
        text[to++] = ';';
        copy(packet, compression, text, to);
        hash(text, length);
        record.begin(fromClient ? Ssh.CLIENT_HASSH : Ssh.SERVER_HASSH);
        record.put(fromClient ? Ssh.CLIENT_HASSH_HASH : Ssh.SERVER_HASSH_HASH, hash);
        record.put(fromClient ? Ssh.CLIENT_HASSH_STRING : Ssh.SERVER_HASSH_STRING, text, 0, length);
        record.end();
        buffers.giveBack(text);
        return true;
    }

    private int copy(final Bytes packet, final int list, final byte[] text, final int to) {
        packet.copyTo(listAt[list], text, to, listLength[list]);
        return to + listLength[list];
    }

    private void hash(final byte[] text, final int length) {
        try {
            md5.reset();
            md5.update(text, 0, length);
            md5.digest(hash, 0, hash.length);
        } catch (final DigestException e) {
            throw new IllegalStateException("an MD5 has 16 bytes", e);
        }
    }

    /** The hash that was told last, in hexadecimal digits; until the next is told. */
    byte[] digits() {
        for (int i = 0; i < hash.length; i++) {
            digits[2 * i] = (byte) Character.forDigit(hash[i] >> 4 & 15, 16);
            digits[2 * i + 1] = (byte) Character.forDigit(hash[i] & 15, 16);
        }
        return digits;
    }
}
