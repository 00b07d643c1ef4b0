package io.weir.protocol.slp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Location of services (RFC 2608, 2165). */
public final class Slp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("slp", "Service Location Protocol")
        .tcpPorts(427).udpPorts(427)
        .firstBytes(1, 2)
        .udp(Slp::detect)
        .build();

    private Slp() {
    }

    /** Recognises a message by its length and its language. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int function = now.u8(1);
        if (function < 1 || function > 11) {
            return Answer.NO;
        }
        if (now.u8(0) == 2) {
            final int tag = now.u16(12);
            return now.u24(2) == probe.announced() && tag >= 1 && tag <= 16 && now.isPrintable(14, tag) ? Answer.YES
                : Answer.NO;
        }
        return probe.onPort(427) && now.u16(2) == probe.announced() && now.u16(8) < 3000 && now.has(0, 12)
            && (now.isPrintable(6, 2) || now.u16(6) == 0) ? Answer.YES : Answer.NO;
    }
}
