package io.weir.protocol.profinet;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.dcerpc.DceRpc;

/**
 * PROFINET IO context manager: DCE/RPC over UDP between objects of the PROFINET interface family
 * dea0000x-6c97-11d1-8271.
 */
public final class ProfinetIo {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("profinet-io", "PROFINET IO")
        .udpPorts(34964)
        .firstBytes(4)
        .udp(ProfinetIo::detect)
        .build();

    private static final byte[] FAMILY = {0, (byte) 0xa0, (byte) 0xde, (byte) 0x97, 0x6c, (byte) 0xd1, 0x11};

    private ProfinetIo() {
    }

    private static Answer detect(final Probe probe) {
        // The interface's UUID is at 24, its first byte the least significant one: 1 device, 2 controller and so on.
        return DceRpc.isDatagram(probe) && probe.now().matches(25, FAMILY) ? probe.yesFromClient() : Answer.NO;
    }
}
