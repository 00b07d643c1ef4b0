package io.weir.protocol.drda;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Distributed Relational Database Architecture (DB2, Derby): a data stream with magic D0 that exchanges server
 * attributes.
 */
public final class Drda {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("drda", "DRDA (DB2)")
        .tcpPorts(50000)
        .firstBytes(0)
        .tcp(Drda::detect)
        .build();

    private static final int EXCHANGE = 0x1041;
    private static final int EXCHANGE_REPLY = 0x1443;

    private Drda() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 2 && b.u8(2) != 0xd0) {
            return Answer.NO;
        }
        if (b.length() < 10) {
            return Answer.MORE;
        }
        final int point = b.u16(8);
        return b.u16(0) == b.u16(6) + 6 && (point == EXCHANGE || point == EXCHANGE_REPLY)
            ? point == EXCHANGE ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
