package io.weir.protocol.tls;

import io.weir.protocol.Protocol;

/** Datagram Transport Layer Security 1.0 (RFC 4347), 1.2 (RFC 6347) and 1.3 (RFC 9147), over UDP and SCTP. */
public final class Dtls {
    /** The protocol. Its records are those of {@link Tls}. */
    public static final Protocol PROTOCOL = Protocol.named("dtls", "Datagram Transport Layer Security")
        .udpPorts(4433, 5684)
        .firstByteRange(DtlsParser.CHANGE_CIPHER_SPEC, DtlsParser.LAST_TYPE)
        .udp(DtlsDetector::detect)
        .sctp(DtlsDetector::detect, 47, 66, 67, 68, 69)
        .datagramParser(DtlsParser::new)
        .fields(TlsWords.all())
        .fields(HandshakeTeller.all())
        .records(TlsWords.RECORD)
        .events(TlsEvents.all())
        .encrypted()
        .build();

    private Dtls() {
    }
}
