package io.weir.protocol.ldp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Distribution of labels for MPLS (RFC 5036). */
public final class Ldp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ldp", "Label Distribution Protocol")
        .tcpPorts(646).udpPorts(646)
        .firstBytes(0)
        .tcp(Ldp::detectStream)
        .udp(Ldp::detectDatagram)
        .build();

    private Ldp() {
    }

    /** Recognises a unit whose length is that of the datagram. */
    static Answer detectDatagram(final Probe probe) {
        return probe.now().u16(2) == probe.announced() - 4 && unit(probe.now()) == Answer.YES ? Answer.YES : Answer.NO;
    }

    /** Recognises a unit. */
    static Answer detectStream(final Probe probe) {
        return unit(probe.now());
    }

    private static Answer unit(final Bytes now) {
        final int length = now.u16(2);
        final int space = now.u16(8);
        final int type = now.u16(10) & 0x7fff;
        if (now.length() >= 2 && now.u16(0) != 1 || length >= 0 && (length < 14 || length > 4096) || space > 0) {
            return Answer.NO;
        }
        if (!now.has(0, 14)) {
            return Answer.MORE;
        }
        final boolean known = type == 1 || type >= 0x100 && type <= 0x404 && (type & 0xff) <= 4;
        return known && now.u16(12) <= length - 10 ? Answer.YES : Answer.NO;
    }
}
