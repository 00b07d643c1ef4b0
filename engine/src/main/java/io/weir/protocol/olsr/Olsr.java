package io.weir.protocol.olsr;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Optimized Link State Routing (RFC 3626): the length of the packet, and messages that fill it. */
public final class Olsr {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("olsr", "Optimized Link State Routing")
        .udpPorts(698)
        .firstByteRange(0, 6)
        .udp(Olsr::detect)
        .build();

    private static final int HEADER = 4;
    private static final int MESSAGE = 12;
    private static final int MOST_MESSAGES = 64;

    private Olsr() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = probe.announced();
        if (now.u16(0) != length || now.length() != length || length < HEADER + MESSAGE) {
            return Answer.NO;
        }
        int at = HEADER;
        for (int i = 0; i < MOST_MESSAGES && at < length; i++) {
            final int size = now.u16(at + 2);
            if (!now.has(at, MESSAGE) || now.u8(at) == 0 || now.u8(at) > 4 && now.u8(at) < 128 || size < MESSAGE) {
                return Answer.NO;
            }
            at += size;
        }
        return at == length ? Answer.YES : Answer.NO;
    }
}
