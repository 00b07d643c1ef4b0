package io.weir.protocol.tls;

import io.weir.protocol.Protocol;

/** Transport Layer Security 1.0 to 1.3 (RFC 8446) and SSL 2 and 3 (RFC 6101), over TCP, on any port. */
public final class Tls {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tls", "Transport Layer Security")
        .tcpPorts(443, 8443)
        .firstByteRange(TlsParser.CHANGE_CIPHER_SPEC, TlsParser.HEARTBEAT)
        .firstByteRange(0x80, 0x83)
        .tcp(TlsDetector::detect)
        .streamParser(TlsParser::new)
        .fields(TlsWords.all())
        .fields(HandshakeTeller.all())
        .fields(TlsBuffers.all())
        .records(TlsWords.RECORD)
        .events(TlsEvents.all())
        .ofOwnFields()
        .encrypted()
        .build();

    private Tls() {
    }
}
