package io.weir.protocol.mikrotik;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** How devices of MikroTik tell that they are there: a number, then fields with type and length, the address first. */
public final class MikrotikDiscovery {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mndp", "MikroTik Neighbor Discovery Protocol")
        .udpPorts(5678)
        .udp(MikrotikDiscovery::detect)
        .udpByte(5, 1)
        .build();

    private static final int HEADER = 4;
    private static final int MOST_TYPE = 64;
    private static final int MOST_FIELDS = 32;

    private MikrotikDiscovery() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u16(4) != 1 || now.u16(6) != 6 || now.length() != probe.announced()) {
            return Answer.NO;
        }
        int at = HEADER;
        int fields = 0;
        while (fields < MOST_FIELDS && now.has(at, 4) && now.u16(at) >= 1 && now.u16(at) <= MOST_TYPE) {
            at += 4 + now.u16(at + 2);
            fields++;
        }
        return fields > 1 && at == now.length() ? Answer.YES : Answer.NO;
    }
}
