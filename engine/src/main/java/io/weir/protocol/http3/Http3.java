package io.weir.protocol.http3;

import io.weir.protocol.Protocol;

/** HTTP/3, RFC 9114: seen as the application protocol that a QUIC client offers. */
public final class Http3 {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("http3", "HTTP/3").encrypted().build();

    private Http3() {
    }
}
