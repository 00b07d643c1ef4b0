package io.weir.protocol.sctp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Between control and forwarding elements of a router, RFC 5810 over the mapping of RFC 5811. */
public final class Forces {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("forces", "Forwarding and Control Element Separation")
        .sctpPorts(6704, 6705, 6706)
        .sctp(Forces::detect, 21, 22, 23)
        .build();

    private static final int HEADER = 24;

    private Forces() {
    }

    /** Recognises a message by its header, whose length counts words. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = Integer.BYTES * now.u16(2);
        final boolean fits = probe.announced() > 0 ? length == probe.announced() : length > now.length();
        return now.u8(0) == 0x10 && isType(now.u8(1)) && length >= HEADER && fits
            && now.has(0, HEADER) && (now.u32(20) & 0x0007_ffffL) == 0 ? Answer.YES : Answer.NO;
    }

    private static boolean isType(final int value) {
        return value >= 1 && value <= 6 || value == 0x0f || value >= 0x11 && value <= 0x14;
    }
}
