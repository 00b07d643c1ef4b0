package io.weir.protocol.bgp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Routes between autonomous systems (RFC 4271). */
public final class Bgp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bgp", "Border Gateway Protocol")
        .tcpPorts(179)
        .firstBytes(0xff)
        .tcp(Bgp::detect)
        .build();

    private static final int MARKER = 16;

    private Bgp() {
    }

    /** Recognises a message by its marker of sixteen bytes, its length and its type. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        for (int i = 0; i < MARKER && i < now.length(); i++) {
            if (now.u8(i) != 0xff) {
                return Answer.NO;
            }
        }
        final int length = now.u16(MARKER);
        final int type = now.u8(MARKER + 2);
        if (length >= 0 && (length < 19 || length > 4096) || type == 0 || type > 5) {
            return Answer.NO;
        }
        return type < 0 ? Answer.MORE : Answer.YES;
    }
}
