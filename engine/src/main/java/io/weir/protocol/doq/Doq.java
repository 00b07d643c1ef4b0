package io.weir.protocol.doq;

import io.weir.protocol.Protocol;

/** DNS over QUIC, RFC 9250: seen as the application protocol that a QUIC client offers. */
public final class Doq {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("doq", "DNS over QUIC").encrypted().build();

    private Doq() {
    }
}
