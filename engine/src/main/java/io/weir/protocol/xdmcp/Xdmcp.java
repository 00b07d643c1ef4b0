package io.weir.protocol.xdmcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** X Display Manager Control Protocol: version 1, what it is, the length of the rest, and strings that fill it. */
public final class Xdmcp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("xdmcp", "X Display Manager Control Protocol")
        .udpPorts(177)
        .firstBytes(0)
        .udp(Xdmcp::detect)
        .udpByte(1, 1)
        .build();

    private static final int HEADER = 6;
    private static final int BROADCAST_QUERY = 1;
    private static final int INDIRECT_QUERY = 3;
    private static final int WILLING = 5;
    private static final int UNWILLING = 6;

    private Xdmcp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u16(2);
        if (now.u16(0) != 1 || now.u16(4) != probe.announced() - HEADER || now.length() != probe.announced()) {
            return Answer.NO;
        }
        if (type >= BROADCAST_QUERY && type <= INDIRECT_QUERY) {
            return strings(now, HEADER + 1, now.u8(HEADER)) ? probe.yesFromClient() : Answer.NO;
        }
        final int count = type == WILLING ? 3 : 2;
        return (type == WILLING || type == UNWILLING) && strings(now, HEADER, count) ? probe.yesFromServer()
            : Answer.NO;
    }

    /** So many strings behind their lengths are all that is left. */
    private static boolean strings(final Bytes now, final int from, final int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            if (!now.has(at, 2)) {
                return false;
            }
            at += 2 + now.u16(at);
        }
        return at == now.length();
    }
}
