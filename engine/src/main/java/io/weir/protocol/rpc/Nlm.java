package io.weir.protocol.rpc;

import io.weir.protocol.Protocol;

/** Locks of network file systems. */
public final class Nlm {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("nlm", "Network Lock Manager")
        .tcp(probe -> RpcShape.stream(probe, 100_021, 100_021, 0))
        .udp(probe -> RpcShape.datagram(probe, 100_021, 100_021, 0))
        .udpByte(RpcShape.TYPE_AT, RpcShape.CALL, RpcShape.RESPONSE)
        .build();

    private Nlm() {
    }
}
