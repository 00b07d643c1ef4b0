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
        .firstBytes(1)
        .udp(Glbp::detect)
        .udpByte(4, 0)
        .build();

    /** Type and length of a hello, and of a request or response about one forwarder. */
    private static final int HELLO = 0x011c;
    private static final int REQUEST = 0x0214;

    private Glbp() {
    }

    /**
     * Recognises a message by its group and its parts, which fill it. On other ports the first is a hello or a request
     * with its own length.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u16(2) > 1023 || now.u16(4) != 0) {
            return Answer.NO;
        }
        int at = 12;
        while (now.has(at, 2)) {
            if (now.u8(at) == 0 || now.u8(at) > 8 || now.u8(at + 1) < 2) {
                return Answer.NO;
            }
            at += now.u8(at + 1);
        }
        final boolean first = now.u16(12) == HELLO || now.u16(12) == REQUEST || probe.onPort(3222);
        return first && at > 12 && at == probe.announced() ? Answer.YES : Answer.NO;
    }
}
