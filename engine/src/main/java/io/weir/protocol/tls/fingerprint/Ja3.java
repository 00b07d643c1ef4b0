package io.weir.protocol.tls.fingerprint;

import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Extensions;

/**
 * JA3 of clients and JA3S of servers, as published by Salesforce: numbers of a hello as text, and the MD5 of that.
 * JA3 is version, ciphers, extensions, groups and point formats; JA3S version, cipher and extensions; GREASE is left
 * out.
 *
 * <p>One result at a time, in buffers that are used again; nothing is allocated. One thread.
 */
public final class Ja3 {
    /** Length of {@link #hash()}. */
    public static final int HASH_LENGTH = 32;
    /** Longest text; of longer ones the hash is that of the beginning. */
    static final int MAX_TEXT = 8 * 1024;

    private final HashedText text = new HashedText("MD5", MAX_TEXT);
    private final byte[] hash = new byte[HASH_LENGTH];

    /** Takes the fingerprint of a client. */
    public Ja3 of(final ClientHello hello) {
        text.clear().addDecimal((char) 0, hello.legacyVersion()).add(',');
        char separator = 0;
        for (int i = 0; i < hello.cipherCount(); i++) {
            separator = addValue(separator, hello.cipher(i));
        }
        text.add(',');
        addTypes(hello.extensions());
        text.add(',');
        separator = 0;
        for (int i = 0; i < hello.groupCount(); i++) {
            separator = addValue(separator, hello.group(i));
        }
        text.add(',');
        separator = 0;
        for (int i = 0; i < hello.pointFormatCount(); i++) {
            text.addDecimal(separator, hello.pointFormat(i));
            separator = '-';
        }
        text.hash(hash, 0, HASH_LENGTH);
        return this;
    }

    /** Takes the fingerprint of a server. */
    public Ja3 of(final int legacyVersion, final int cipher, final Extensions extensions) {
        text.clear().addDecimal((char) 0, legacyVersion).addDecimal(',', cipher).add(',');
        addTypes(extensions);
        text.hash(hash, 0, HASH_LENGTH);
        return this;
    }

    private void addTypes(final Extensions extensions) {
        char separator = 0;
        for (int at = extensions.first(); at != Extensions.NONE; at = extensions.next(at)) {
            separator = addValue(separator, extensions.type(at));
        }
    }

    private char addValue(final char separator, final int value) {
        if (Extensions.isGrease(value)) {
            return separator;
        }
        text.addDecimal(separator, value);
        return '-';
    }

    /** The text, {@link #textLength()} bytes of it; valid until the next fingerprint. */
    public byte[] text() {
        return text.text();
    }

    /** Bytes of text. */
    public int textLength() {
        return text.length();
    }

    /** The hash, {@link #HASH_LENGTH} lower-case hexadecimal digits; valid until the next fingerprint. */
    public byte[] hash() {
        return hash;
    }
}
