package io.weir.protocol.rtp;

import io.weir.protocol.Protocol;

/** SRTP, RFC 3711: looks like RTP, and is told from it by the DTLS that agreed on its keys (RFC 5764). */
public final class Srtp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("srtp", "SRTP").encrypted().build();

    private Srtp() {
    }
}
