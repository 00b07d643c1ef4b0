package io.weir.protocol.ipfix;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.netflow.Netflow;

/** Exported flows (RFC 7011). */
public final class Ipfix {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ipfix", "IP Flow Information Export")
        .udpPorts(4739)
        .firstBytes(0)
        .udp(Ipfix::detect)
        .build();

    private Ipfix() {
    }

    /** Recognises a message by its version, length and time, and by its sets, which fill it. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final long seconds = now.u32(4);
        return now.u16(0) == 10 && now.u16(2) == probe.announced() && seconds >= Netflow.FIRST_SECOND
            && seconds <= Netflow.LAST_SECOND && now.u16(16) >= 2 && Netflow.sets(now, 16, probe.announced(), 2)
            ? Answer.YES : Answer.NO;
    }
}
