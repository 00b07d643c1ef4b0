package io.weir.protocol.tls;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;

/** The words in which sessions are told, over TCP and UDP. */
final class TlsWords {
    static final RecordType RECORD = RecordType.of("tls");

    static final Field SNI = Field.of("tls.sni", FieldType.TEXT, "Name of the server that the client asked for.");
    static final Field VERSION = Field.of("tls.version", FieldType.TEXT, "Version the server chose.");
    static final Field RESUMED =
        Field.of("tls.session_resumed", FieldType.BOOLEAN, "True if an earlier session goes on, without certificate.");
    static final Field CLIENT_ALPNS =
        Field.listOf("tls.client_alpns", FieldType.TEXT, "Application protocols the client offered.");
    static final Field SERVER_ALPNS =
        Field.listOf("tls.server_alpns", FieldType.TEXT, "Application protocol the server chose.");
    static final Field JA3 = Field.of("tls.ja3", FieldType.GROUP, "Fingerprint of the client's hello.");
    static final Field JA3_HASH = Field.of("tls.ja3.hash", FieldType.TEXT, "MD5 of the fingerprint.");
    static final Field JA3_STRING = Field.of("tls.ja3.string", FieldType.TEXT, "The fingerprint in full.");
    static final Field JA3S = Field.of("tls.ja3s", FieldType.GROUP, "Fingerprint of the server's hello.");
    static final Field JA3S_HASH = Field.of("tls.ja3s.hash", FieldType.TEXT, "MD5 of the fingerprint.");
    static final Field JA3S_STRING = Field.of("tls.ja3s.string", FieldType.TEXT, "The fingerprint in full.");
    static final Field JA4 = Field.of("tls.ja4", FieldType.TEXT, "Fingerprint of the client's hello, in JA4's form.");
    static final Field CLIENT =
        Field.of("tls.client", FieldType.GROUP, "The certificate with which the client proves who it is.");

    /** The server's certificate. */
    static final CertificateWords SERVER_CERTIFICATE = new CertificateWords("tls", "server");
    /** The client's certificate. */
    static final CertificateWords CLIENT_CERTIFICATE = new CertificateWords("tls.client", "client");

    private TlsWords() {
    }

    static Field[] all() {
        final CertificateWords server = SERVER_CERTIFICATE;
        final CertificateWords client = CLIENT_CERTIFICATE;
        return new Field[] {server.subject, server.issuer, server.serial, server.fingerprint, server.notBefore,
            server.notAfter, server.names, SNI, VERSION, RESUMED, CLIENT_ALPNS, SERVER_ALPNS, JA3, JA3_HASH, JA3_STRING,
            JA3S, JA3S_HASH, JA3S_STRING, JA4, CLIENT, client.subject, client.issuer, client.serial, client.fingerprint,
            client.notBefore, client.notAfter, client.names};
    }

    /** Words for one side's certificate. */
    static final class CertificateWords {
        final Field subject;
        final Field issuer;
        final Field serial;
        final Field fingerprint;
        final Field notBefore;
        final Field notAfter;
        final Field names;

        private CertificateWords(final String group, final String side) {
            final String certificate = " of the " + side + "'s certificate.";
            subject = Field.of(group + ".subject", FieldType.TEXT, "Subject" + certificate);
            issuer = Field.of(group + ".issuerdn", FieldType.TEXT, "Issuer" + certificate);
            serial = Field.of(group + ".serial", FieldType.TEXT, "Serial number" + certificate);
            fingerprint = Field.of(group + ".fingerprint", FieldType.TEXT, "SHA-1" + certificate);
            notBefore = Field.of(group + ".notbefore", FieldType.TIME, "Beginning of the validity" + certificate);
            notAfter = Field.of(group + ".notafter", FieldType.TIME, "End of the validity" + certificate);
            names = Field.listOf(group + ".subjectaltname", FieldType.TEXT, "Alternative names" + certificate);
        }
    }
}
