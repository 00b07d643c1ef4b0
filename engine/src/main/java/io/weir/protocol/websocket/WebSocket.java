package io.weir.protocol.websocket;

import io.weir.protocol.Protocol;

/** WebSocket, RFC 6455: what an HTTP connection becomes after an upgrade. The HTTP parser tells it. */
public final class WebSocket {
    /** WebSocket, named as Suricata does. */
    public static final Protocol PROTOCOL = Protocol.named("websocket", "WebSocket").build();

    private WebSocket() {
    }
}
