package io.weir.protocol.tls;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;

/** Tells what hellos list, as Suricata's {@code client_handshake} and {@code server_handshake}: both are optional. */
final class HandshakeTeller {
    static final Field CLIENT = Field.of("tls.client_handshake", FieldType.GROUP, "What the client's hello lists.")
        .optional();
    static final Field SERVER = Field.of("tls.server_handshake", FieldType.GROUP, "What the server's hello says.")
        .optional();

    private static final Field CLIENT_VERSION =
        Field.of("tls.client_handshake.version", FieldType.TEXT, "Version in the fixed part of the hello.");
    private static final Field CLIENT_CIPHERS =
        Field.listOf("tls.client_handshake.ciphers", FieldType.NUMBER, "Ciphers the client offers.").upTo(0xffff);
    private static final Field CLIENT_EXTENSIONS =
        Field.listOf("tls.client_handshake.exts", FieldType.NUMBER, "Types of the extensions.").upTo(0xffff);
    private static final Field CLIENT_ALGORITHMS =
        Field.listOf("tls.client_handshake.sig_algs", FieldType.NUMBER,
            "Signature algorithms the client knows.").upTo(0xffff);
    private static final Field SERVER_VERSION =
        Field.of("tls.server_handshake.version", FieldType.TEXT, "Version in the fixed part of the hello.");
    private static final Field SERVER_CIPHER =
        Field.of("tls.server_handshake.cipher", FieldType.NUMBER, "Cipher the server chose.").upTo(0xffff);
    private static final Field SERVER_EXTENSIONS =
        Field.listOf("tls.server_handshake.exts", FieldType.NUMBER, "Types of the extensions.").upTo(0xffff);
    /** Numbers of each list, at most. */
    private static final int MOST = 256;

    private HandshakeTeller() {
    }

    static Field[] all() {
        return new Field[] {CLIENT, CLIENT_VERSION, CLIENT_CIPHERS, CLIENT_EXTENSIONS, CLIENT_ALGORITHMS, SERVER,
            SERVER_VERSION, SERVER_CIPHER, SERVER_EXTENSIONS};
    }

    static void tell(final Transaction record, final ClientHello hello) {
        record.begin(CLIENT);
        version(record, CLIENT_VERSION, hello.bytes().u16(0));
        for (int i = 0; i < Math.min(MOST, hello.cipherCount()); i++) {
            record.put(CLIENT_CIPHERS, hello.cipher(i));
        }
        if (hello.cipherCount() > MOST || hello.signatureAlgorithmCount() > MOST) {
            record.leftOut();
        }
        extensions(record, CLIENT_EXTENSIONS, hello.extensions());
        for (int i = 0; i < Math.min(MOST, hello.signatureAlgorithmCount()); i++) {
            record.put(CLIENT_ALGORITHMS, hello.signatureAlgorithm(i));
        }
        record.end();
    }

    static void tell(final Transaction record, final ServerHello hello) {
        record.begin(SERVER);
        version(record, SERVER_VERSION, hello.legacyVersion());
        record.put(SERVER_CIPHER, hello.cipher());
        extensions(record, SERVER_EXTENSIONS, hello.extensions());
        record.end();
    }

    private static void version(final Transaction record, final Field field, final int version) {
        final byte[] name = Versions.name(version);
        if (name != null) {
            record.put(field, name);
        }
    }

    private static void extensions(final Transaction record, final Field field, final Extensions extensions) {
        int e = extensions.first();
        for (int i = 0; i < MOST && e != Extensions.NONE; i++) {
            record.put(field, extensions.type(e));
            e = extensions.next(e);
        }
        if (e != Extensions.NONE) {
            record.leftOut();
        }
    }
}
