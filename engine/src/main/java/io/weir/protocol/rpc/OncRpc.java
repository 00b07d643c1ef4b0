package io.weir.protocol.rpc;

import io.weir.protocol.Protocol;

/** Remote procedure calls of other programs (RFC 5531). */
public final class OncRpc {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("onc-rpc", "ONC Remote Procedure Call")
        .tcp(probe -> RpcShape.stream(probe, 100_001, 1_073_741_823, 0))
        .udp(probe -> RpcShape.datagram(probe, 100_001, 1_073_741_823, 0))
        .udpByte(RpcShape.TYPE_AT, RpcShape.CALL, RpcShape.RESPONSE)
        .build();

    private OncRpc() {
    }
}
