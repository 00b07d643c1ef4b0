package io.weir.protocol.tls;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;

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

    static final Field FROM_PROTO = Field.of("tls.from_proto", FieldType.TEXT,
        "Protocol that has handed the connection over, by STARTTLS, CONNECT and the like.");
    /** Certificates as they are. */
    static final Field CERTIFICATE =
        Field.of("tls.certificate", FieldType.BASE64, "The server's certificate.").optional();
    static final Field CHAIN = Field.listOf("tls.chain_bytes", FieldType.BASE64,
        "The certificates behind the server's own.").as("chain").optional();
    static final Field CLIENT_CERTIFICATE_BYTES =
        Field.of("tls.client.certificate", FieldType.BASE64, "The client's certificate.").optional();
    /** What is told beyond EVE's schema. */
    static final Field BEYOND = Field.of("weir.tls", FieldType.GROUP, "What a handshake holds beyond EVE's schema.");
    static final Field ECH = Field.of("tls.ech", FieldType.BOOLEAN,
        "True if the client's hello holds an encrypted one, or what is to look like it.");
    /** The certificates behind the server's own. */
    static final ChainWords SERVER_CHAIN = new ChainWords("tls.chain", "server");
    /** The certificates behind the client's own. */
    static final ChainWords CLIENT_CHAIN = new ChainWords("tls.client_chain", "client");

    private TlsWords() {
    }

    static Field[] all() {
        final CertificateWords server = SERVER_CERTIFICATE;
        final CertificateWords client = CLIENT_CERTIFICATE;
        return new Field[] {CERTIFICATE, CHAIN, CLIENT_CERTIFICATE_BYTES, server.subject, server.issuer,
            server.serial, server.fingerprint, server.notBefore, server.notAfter, server.names, SNI, VERSION,
            RESUMED, CLIENT_ALPNS, SERVER_ALPNS, JA3, JA3_HASH, JA3_STRING, JA3S, JA3S_HASH, JA3S_STRING, JA4,
            CLIENT, client.subject, client.issuer, client.serial, client.fingerprint, client.notBefore,
            client.notAfter, client.names, FROM_PROTO, WeirObject.FIELD, BEYOND, ECH, SERVER_CHAIN.group,
            SERVER_CHAIN.subject, SERVER_CHAIN.issuer, SERVER_CHAIN.serial, SERVER_CHAIN.notBefore,
            SERVER_CHAIN.notAfter, CLIENT_CHAIN.group, CLIENT_CHAIN.subject, CLIENT_CHAIN.issuer,
            CLIENT_CHAIN.serial, CLIENT_CHAIN.notBefore, CLIENT_CHAIN.notAfter};
    }

    /** Words for the certificates with which one side shows who vouches for its own. */
    static final class ChainWords {
        final Field group;
        final Field subject;
        final Field issuer;
        final Field serial;
        final Field notBefore;
        final Field notAfter;

        private ChainWords(final String name, final String side) {
            group = Field.listOf(name, FieldType.GROUP, "The certificates behind the " + side + "'s own.");
            subject = Field.of(name + ".subject", FieldType.TEXT, "Subject of the certificate.");
            issuer = Field.of(name + ".issuerdn", FieldType.TEXT, "Issuer of the certificate.");
            serial = Field.of(name + ".serial", FieldType.TEXT, "Serial number of the certificate.");
            notBefore = Field.of(name + ".notbefore", FieldType.TIME, "Beginning of the certificate's validity.");
            notAfter = Field.of(name + ".notafter", FieldType.TIME, "End of the certificate's validity.");
        }
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
