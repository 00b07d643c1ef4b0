package io.weir.protocol.rpc;

import io.weir.protocol.Protocol;

/** Where programs are called (RFC 1833). */
public final class Portmap {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("portmap", "Port Mapper")
        .tcpPorts(111).udpPorts(111)
        .tcp(probe -> RpcShape.stream(probe, 100_000, 100_000, 111))
        .udp(probe -> RpcShape.datagram(probe, 100_000, 100_000, 111))
        .udpByte(RpcShape.TYPE_AT, RpcShape.CALL, RpcShape.RESPONSE)
        .build();

    private Portmap() {
    }
}
