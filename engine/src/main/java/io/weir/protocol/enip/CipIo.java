package io.weir.protocol.enip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Implicit messages of EtherNet/IP (CIP, Volume 2, 2-6): two items, the connection with a sequence number, and the data
 * that are connected.
 */
public final class CipIo {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("cip-io", "CIP implicit messages (EtherNet/IP)")
        .udpPorts(2222)
        .firstBytes(2)
        .udp(CipIo::detect)
        .build();

    private static final int ITEMS = 2;
    private static final int CONNECTION = 0x8002;
    private static final int CONNECTION_LENGTH = 8;
    private static final int DATA = 0x00b1;
    private static final int HEADER = 18;

    private CipIo() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        return b.u16le(0) == ITEMS && b.u16le(2) == CONNECTION && b.u16le(4) == CONNECTION_LENGTH
            && b.u16le(14) == DATA && b.u16le(16) == probe.announced() - HEADER ? Answer.YES : Answer.NO;
    }
}
