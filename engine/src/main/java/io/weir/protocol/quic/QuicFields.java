package io.weir.protocol.quic;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;

/** The words that QUIC adds to the vocabulary. */
final class QuicFields {
    static final RecordType RECORD = RecordType.of("quic");

    static final Field VERSION = Field.of("quic.version", FieldType.TEXT,
        "Version: its number in hexadecimal digits, or the name of one of Google's.");
    static final Field SNI = Field.of("quic.sni", FieldType.TEXT, "Server name the client asked for.");
    static final Field UA = Field.of("quic.ua", FieldType.TEXT, "User agent that Google's handshake tells.");
    static final Field CYU = Field.listOf("quic.cyu", FieldType.GROUP, "Fingerprint of Google's client hello.");
    static final Field CYU_HASH = Field.of("quic.cyu.hash", FieldType.TEXT, "MD5 of the CYU fingerprint.");
    static final Field CYU_STRING = Field.of("quic.cyu.string", FieldType.TEXT, "Version and tags of the hello.");
    static final Field JA3 = Field.of("quic.ja3", FieldType.GROUP, "Fingerprint of the client's hello.");
    static final Field JA3_HASH = Field.of("quic.ja3.hash", FieldType.TEXT, "MD5 of the JA3 text.");
    static final Field JA3_STRING = Field.of("quic.ja3.string", FieldType.TEXT, "JA3 text.");
    static final Field JA3S = Field.of("quic.ja3s", FieldType.GROUP, "Fingerprint of the server's hello.");
    static final Field JA3S_HASH = Field.of("quic.ja3s.hash", FieldType.TEXT, "MD5 of the JA3S text.");
    static final Field JA3S_STRING = Field.of("quic.ja3s.string", FieldType.TEXT, "JA3S text.");
    static final Field JA4 = Field.of("quic.ja4", FieldType.TEXT, "JA4 fingerprint of the client's hello.");
    static final Field EXTENSIONS = Field.listOf("quic.extensions", FieldType.GROUP, "Extensions of a hello.");
    static final Field EXTENSION_NAME = Field.of("quic.extensions.name", FieldType.TEXT, "Name of an extension.");
    static final Field EXTENSION_TYPE = Field.of("quic.extensions.type", FieldType.NUMBER, "Number of an extension.");
    static final Field EXTENSION_VALUES = Field.listOf("quic.extensions.values", FieldType.TEXT,
        "Names in an extension: of servers, of application protocols.");

    static final Field BEYOND = Field.of("weir.quic", FieldType.GROUP, "What a hello holds beyond EVE's schema.");
    static final Field ECH = Field.of("quic.ech", FieldType.BOOLEAN,
        "True if the client's hello holds an encrypted one, or what is to look like it.");

    static final Field[] ALL = {WeirObject.FIELD, BEYOND, ECH, VERSION, SNI, UA, CYU, CYU_HASH, CYU_STRING, JA3,
        JA3_HASH, JA3_STRING, JA3S, JA3S_HASH, JA3S_STRING, JA4, EXTENSIONS, EXTENSION_NAME, EXTENSION_TYPE,
        EXTENSION_VALUES};

    private QuicFields() {
    }
}
