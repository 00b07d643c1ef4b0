package io.weir.protocol.rip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Routes within a network (RFC 2453). */
public final class Rip {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rip", "Routing Information Protocol")
        .udpPorts(520)
        .onlyOnUdpPorts()
        .firstByteRange(1, 6)
        .udp(Rip::detect)
        .build();

    private Rip() {
    }

    /** Recognises a message by its entries: families and metrics. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int version = now.u8(1);
        if (!probe.onPort(520) || version != 1 && version != 2 || version == 1 && now.u16(2) != 0
            || probe.announced() < 24 || probe.announced() % 20 != 4) {
            return Answer.NO;
        }
        for (int at = 4; now.has(at, 20); at += 20) {
            final int family = now.u16(at);
            if (family != 0 && family != 2 && family != 0xffff || family != 0xffff && now.u32(at + 16) > 16) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }
}
