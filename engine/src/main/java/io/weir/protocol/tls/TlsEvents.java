package io.weir.protocol.tls;

import io.weir.protocol.ProtocolEvent;

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
    static final ProtocolEvent CERTIFICATE =
        new ProtocolEvent("INVALID_CERTIFICATE", "A certificate could not be read.");
    static final ProtocolEvent HEARTBEAT =
        new ProtocolEvent("INVALID_HEARTBEAT_MESSAGE", "A heartbeat is of a type that does not exist.");
    static final ProtocolEvent HEARTBEAT_OVERFLOW =
        new ProtocolEvent("OVERFLOW_HEARTBEAT_MESSAGE", "A heartbeat asks for more than it holds.");

    private TlsEvents() {
    }

    /** All of them. */
    static ProtocolEvent[] all() {
        return new ProtocolEvent[] {RECORD_TYPE, RECORD_VERSION, RECORD_LENGTH, HANDSHAKE_MESSAGE, HANDSHAKE_LENGTH,
            MULTIPLE_SNI, CERTIFICATE, HEARTBEAT, HEARTBEAT_OVERFLOW};
    }
}
