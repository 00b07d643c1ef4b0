package io.weir.protocol.rip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Routes within a network of IPv6 (RFC 2080). */
public final class Ripng {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ripng", "Routing Information Protocol for IPv6")
        .udpPorts(521)
        .onlyOnUdpPorts()
        .firstBytes(1, 2)
        .udp(Ripng::detect)
        .build();

    private Ripng() {
    }

    /** Recognises a message by its entries: lengths of prefixes and metrics. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(521) || now.u8(1) != 1 || now.u16(2) != 0 || probe.announced() < 24
            || probe.announced() % 20 != 4) {
            return Answer.NO;
        }
        for (int at = 4; now.has(at, 20); at += 20) {
            if (now.u8(at + 18) > 128 || now.u8(at + 19) > 16 && now.u8(at + 19) != 0xff) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }
}
