package io.weir.protocol.rx;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Rx, the remote procedure calls of AFS: when the connection began, its identifier, small numbers of call and
 * packets, type and flags, a checksum and the service.
 */
public final class Rx {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rx", "Rx (AFS)")
        .udpPorts(7000, 7001, 7002, 7003)
        .udp(Rx::detect)
        .udpByte(22, 0)
        .build();

    private static final int HEADER = 28;
    private static final int MOST_TYPE = 13;
    private static final int MOST_NUMBER = 0xffff;
    private static final int MOST_SECURITY = 5;

    private Rx() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(20);
        final boolean numbers = b.u32(8) <= MOST_NUMBER && b.u32(12) <= MOST_NUMBER && b.u32(16) >= 1
            && b.u32(16) <= MOST_NUMBER;
        return probe.announced() >= HEADER && numbers && type >= 1 && type <= MOST_TYPE && b.u8(21) < 0x40
            && b.u8(22) == 0 && b.u8(23) <= MOST_SECURITY && b.u32(0) > MOST_NUMBER && b.u32(4) > MOST_NUMBER
            && b.u16(26) >= 1 ? (b.u8(21) & 1) != 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
