package io.weir.protocol.nvmetcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * NVMe over TCP: the request or response that initializes the connection: 128 bytes, of which most are reserved.
 */
public final class NvmeTcp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("nvme-tcp", "NVMe over TCP")
        .tcpPorts(4420)
        .firstBytes(0, 1)
        .tcp(NvmeTcp::detect)
        .build();

    private NvmeTcp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.length() > 2 && b.u8(2) != 0x80) {
            return Answer.NO;
        }
        if (b.length() < 16) {
            return Answer.MORE;
        }
        return b.u8(3) == 0 && b.u32le(4) == 128 && b.u16le(8) <= 1 && b.u8(10) <= 31 && b.u8(11) <= 3
            ? b.u8(0) == 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
