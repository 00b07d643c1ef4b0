package io.weir.protocol.l2tp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Layer two tunnels (RFC 2661, 3931): their control messages. */
public final class L2tp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("l2tp", "Layer Two Tunneling Protocol")
        .udpPorts(1701)
        .firstByteRange(0xc8, 0xcb)
        .udp(L2tp::detect)
        .build();

    private static final int HEADER = 12;

    private L2tp() {
    }

    /** Recognises a control message by its length and its first attribute, which tells its type. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int version = now.u8(1);
        if (version != 2 && version != 3 || now.u16(2) != probe.announced()) {
            return Answer.NO;
        }
        if (probe.announced() == HEADER) {
            return probe.onPort(1701) && now.u16(8) < 1024 && now.u16(10) < 1024 ? Answer.YES : Answer.NO;
        }
        return (now.u16(HEADER) & 0x3ff) == 8 && now.u32(HEADER + 2) == 0 && now.u16(HEADER + 6) <= 28 ? Answer.YES
            : Answer.NO;
    }
}
