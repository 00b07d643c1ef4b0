package io.weir.protocol.rpc;

import io.weir.protocol.Protocol;

/** Mounting of network file systems (RFC 1813). */
public final class Mount {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mount", "Mount Protocol")
        .tcp(probe -> RpcShape.stream(probe, 100_005, 100_005, 0))
        .udp(probe -> RpcShape.datagram(probe, 100_005, 100_005, 0))
        .udpByte(RpcShape.TYPE_AT, RpcShape.CALL, RpcShape.RESPONSE)
        .build();

    private Mount() {
    }
}
