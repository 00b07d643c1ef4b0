package io.weir.protocol.quic;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A view of the client hello of Google's own handshake: the tag CHLO, a count, and for each value a tag of four letters
 * and where the value ends (QUIC Crypto, 2016). Its fingerprint CYU is the version's number and the tags. Used again by
 * wrapping; one thread.
 */
final class GoogleHello {
    /** The client's hello. */
    static final byte[] CHLO = "CHLO".getBytes(StandardCharsets.US_ASCII);
    /** The server's answer that asks for another hello. */
    static final byte[] REJ = {'R', 'E', 'J', 0};

    private static final int SNI = 0x534e_4900;
    private static final int UAID = 0x5541_4944;
    private static final int MAX_TAGS = 128;
    private static final int ENTRY = 8;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest md5;
    private final byte[] text = new byte[4 + 5 * MAX_TAGS];
    private final byte[] digest = new byte[16];
    private final byte[] hash = new byte[32];
    private int textLength;
    private int sniFrom;
    private int sniLength;
    private int uaFrom;
    private int uaLength;
    private boolean whole;

    GoogleHello() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /**
     * Looks at a hello.
     *
     * @param at      where its tag begins
     * @param version number of the version on the wire, whose last two bytes are digits
     * @return false if there is none
     */
    boolean wrap(final Bytes bytes, final int at, final long version) {
        final int count = bytes.u16le(at + 4);
        final int values = at + ENTRY + ENTRY * count;
        if (!bytes.matches(at, CHLO) || count < 1 || count > MAX_TAGS || !bytes.has(at, ENTRY + ENTRY * count)) {
            return false;
        }
        sniLength = 0;
        uaLength = 0;
        text[0] = (byte) (version >>> 8);
        text[1] = (byte) version;
        textLength = 2;
        long from = 0;
        for (int entry = at + ENTRY; entry < values; entry += ENTRY) {
            final long end = bytes.u32le(entry + 4);
            if (end < from) {
                return false;
            }
            appendTag(bytes, entry);
            if (end <= bytes.length() - values) {
                value((int) bytes.u32(entry), values + (int) from, (int) (end - from));
            }
            from = end;
        }
        whole = from <= bytes.length() - values;
        return true;
    }

    private void appendTag(final Bytes bytes, final int at) {
        text[textLength] = (byte) (textLength == 2 ? ',' : '-');
        textLength++;
        for (int i = 0; i < 4; i++) {
            final int letter = bytes.u8(at + i);
            if (letter > ' ' && letter <= '~') {
                text[textLength++] = (byte) letter;
            }
        }
    }

    private void value(final int tag, final int from, final int length) {
        if (tag == SNI) {
            sniFrom = from;
            sniLength = length;
        } else if (tag == UAID) {
            uaFrom = from;
            uaLength = length;
        }
    }

    /** True if what was wrapped last has all its values. */
    boolean isWhole() {
        return whole;
    }

    /** Place of the server's name. */
    int sniFrom() {
        return sniFrom;
    }

    /** Length of the server's name, 0 if there is none. */
    int sniLength() {
        return sniLength;
    }

    /** Tells name, user agent and fingerprint of what was wrapped last. */
    void tell(final Bytes bytes, final Transaction record) {
        if (sniLength > 0) {
            record.put(QuicFields.SNI, bytes, sniFrom, sniLength);
        }
        if (uaLength > 0) {
            record.put(QuicFields.UA, bytes, uaFrom, uaLength);
        }
        md5.update(text, 0, textLength);
        try {
            md5.digest(digest, 0, digest.length);
        } catch (final DigestException e) {
            throw new IllegalStateException("the array has the algorithm's length", e);
        }
        for (int i = 0; i < hash.length; i++) {
            hash[i] = DIGITS[digest[i / 2] >> ((i & 1) == 0 ? 4 : 0) & 15];
        }
        record.begin(QuicFields.CYU).put(QuicFields.CYU_HASH, hash)
            .put(QuicFields.CYU_STRING, text, 0, textLength).end();
    }
}
