package io.weir.protocol.hsrp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Standby routers (RFC 2281). */
public final class Hsrp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("hsrp", "Hot Standby Router Protocol")
        .udpPorts(1985, 2029)
        .onlyOnUdpPorts()
        .firstBytes(0, 1)
        .udp(Hsrp::detect)
        .build();

    private static final int LENGTH = 20;
    /** Kind of what may follow: a hash. */
    private static final int AUTHENTICATION = 4;

    private Hsrp() {
    }

    /** Recognises a message of version 1, or the group state of version 2. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(1985) && !probe.onPort(2029)) {
            return Answer.NO;
        }
        final boolean first = now.u8(0) == 0 && now.u8(1) <= 3 && Integer.bitCount(now.u8(2)) <= 1 && now.u8(2) <= 16
            && now.has(0, LENGTH) && now.u8(3) <= now.u8(4) && now.u8(7) == 0
            && (probe.announced() == LENGTH || now.u8(LENGTH) == AUTHENTICATION && now.u8(LENGTH + 1) <= 28);
        final boolean advertised = now.u8(0) == 0 && now.u8(1) == 3 && now.u16(2) == 1 && now.u16(4) <= 10;
        final boolean second = now.u16(0) == 0x0128 && now.u8(2) == 2 && now.has(0, 42) && now.u8(3) <= 3
            && now.u8(4) <= 6 && (now.u8(5) == 4 || now.u8(5) == 6);
        return first || advertised || second ? Answer.YES : Answer.NO;
    }
}
