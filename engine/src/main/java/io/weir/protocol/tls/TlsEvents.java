package io.weir.protocol.tls;

import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.tls.x509.Certificate;

/** What may be odd about a session, named as in Suricata. */
final class TlsEvents {
    static final ProtocolEvent RECORD_TYPE =
        new ProtocolEvent("INVALID_RECORD_TYPE", "A record is of a type that does not exist.");
    static final ProtocolEvent RECORD_VERSION =
        new ProtocolEvent("INVALID_RECORD_VERSION", "A record has a version that does not exist.");
    static final ProtocolEvent RECORD_LENGTH =
        new ProtocolEvent("INVALID_RECORD_LENGTH", "A record is longer than allowed.");
    static final ProtocolEvent HANDSHAKE_MESSAGE =
        new ProtocolEvent("INVALID_HANDSHAKE_MESSAGE", "A handshake message is of a type that does not exist.");
    static final ProtocolEvent HANDSHAKE_LENGTH =
        new ProtocolEvent("HANDSHAKE_INVALID_LENGTH", "Lengths within a hello contradict each other.");
    static final ProtocolEvent MULTIPLE_SNI =
        new ProtocolEvent("MULTIPLE_SNI_EXTENSIONS", "A hello asks for a server name twice.");
    static final ProtocolEvent SNI_TYPE =
        new ProtocolEvent("INVALID_SNI_TYPE", "A hello asks for a server name of a type that does not exist.");
    static final ProtocolEvent SNI_LENGTH =
        new ProtocolEvent("INVALID_SNI_LENGTH", "A hello asks for a server name longer than host names can be.");
    static final ProtocolEvent ALERT =
        new ProtocolEvent("INVALID_ALERT_MESSAGE", "An alert is shorter than level and description.");
    static final ProtocolEvent SSL2_HEADER =
        new ProtocolEvent("INVALID_SSLV2_HEADER", "A record of SSL 2 has no content.");
    static final ProtocolEvent SSL2_RECORD =
        new ProtocolEvent("INVALID_SSL_RECORD", "A hello of SSL 2 has lengths that contradict each other.");
    static final ProtocolEvent SSL2_ERROR =
        new ProtocolEvent("ERROR_MESSAGE_ENCOUNTERED", "A side that speaks SSL 2 reports an error.");
    static final ProtocolEvent CERTIFICATE =
        new ProtocolEvent("INVALID_CERTIFICATE", "A certificate could not be read.");
    static final ProtocolEvent CERTIFICATE_LENGTH =
        new ProtocolEvent("CERTIFICATE_INVALID_LENGTH", "A part of a certificate is longer than what it is in.");
    static final ProtocolEvent CERTIFICATE_VERSION =
        new ProtocolEvent("CERTIFICATE_INVALID_VERSION", "A certificate has a version that does not exist.");
    static final ProtocolEvent CERTIFICATE_SERIAL =
        new ProtocolEvent("CERTIFICATE_INVALID_SERIAL", "A certificate has no serial number where it should stand.");
    static final ProtocolEvent CERTIFICATE_ALGORITHM = new ProtocolEvent("CERTIFICATE_INVALID_ALGORITHMIDENTIFIER",
        "A certificate does not say by which algorithm it was signed.");
    static final ProtocolEvent CERTIFICATE_NAME =
        new ProtocolEvent("CERTIFICATE_INVALID_X509NAME", "Issuer or subject of a certificate is no name.");
    static final ProtocolEvent CERTIFICATE_DATE =
        new ProtocolEvent("CERTIFICATE_INVALID_DATE", "A certificate is valid from or until no time.");
    static final ProtocolEvent HEARTBEAT_SEEN =
        new ProtocolEvent("HEARTBEAT_MESSAGE", "A heartbeat that is not encrypted.");
    static final ProtocolEvent HEARTBEAT = new ProtocolEvent("INVALID_HEARTBEAT_MESSAGE",
        "A heartbeat is of a type that does not exist, has too little padding or does not wait for the answer.");
    static final ProtocolEvent HEARTBEAT_OVERFLOW =
        new ProtocolEvent("OVERFLOW_HEARTBEAT_MESSAGE", "A heartbeat asks for more than it holds.");

    private TlsEvents() {
    }

    /** All of them. */
    static ProtocolEvent[] all() {
        return new ProtocolEvent[] {RECORD_TYPE, RECORD_VERSION, RECORD_LENGTH, HANDSHAKE_MESSAGE, HANDSHAKE_LENGTH,
            MULTIPLE_SNI, SNI_TYPE, SNI_LENGTH, ALERT, SSL2_HEADER, SSL2_RECORD, SSL2_ERROR, CERTIFICATE,
            CERTIFICATE_LENGTH, CERTIFICATE_VERSION, CERTIFICATE_SERIAL, CERTIFICATE_ALGORITHM, CERTIFICATE_NAME,
            CERTIFICATE_DATE, HEARTBEAT_SEEN, HEARTBEAT, HEARTBEAT_OVERFLOW};
    }

    /** What to report of a certificate with this fault. */
    static ProtocolEvent of(final Certificate.Fault fault) {
        return switch (fault) {
            case LENGTH -> CERTIFICATE_LENGTH;
            case VERSION -> CERTIFICATE_VERSION;
            case SERIAL -> CERTIFICATE_SERIAL;
            case ALGORITHM -> CERTIFICATE_ALGORITHM;
            case NAME -> CERTIFICATE_NAME;
            case DATE -> CERTIFICATE_DATE;
            case NONE, FORM -> CERTIFICATE;
        };
    }
}
