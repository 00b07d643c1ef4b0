package io.weir.protocol.glbp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Gateways that share their load. */
public final class Glbp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("glbp", "Gateway Load Balancing Protocol")
        .udpPorts(3222)
        .onlyOnUdpPorts()
        .firstBytes(1)
        .udp(Glbp::detect)
        .build();

    private Glbp() {
    }

    /** Recognises a message by its group and its parts, which fill it. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(3222) || now.u16(2) > 1023 || now.u16(4) != 0) {
            return Answer.NO;
        }
        int at = 12;
        while (now.has(at, 2)) {
            if (now.u8(at) == 0 || now.u8(at) > 8 || now.u8(at + 1) < 2) {
                return Answer.NO;
            }
            at += now.u8(at + 1);
        }
        return at > 12 && at == probe.announced() ? Answer.YES : Answer.NO;
    }
}
