package io.weir.protocol.nfs;

import io.weir.protocol.Protocol;
import io.weir.protocol.rpc.RpcShape;

/** Network file system (RFC 1094, 1813, 7530). */
public final class Nfs {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("nfs", "Network File System")
        .tcpPorts(2049).udpPorts(2049)
        .tcp(probe -> RpcShape.stream(probe, 100_003, 100_003, 2049))
        .udp(probe -> RpcShape.datagram(probe, 100_003, 100_003, 2049))
        .udpByte(RpcShape.TYPE_AT, RpcShape.CALL, RpcShape.RESPONSE)
        .build();

    private Nfs() {
    }
}
