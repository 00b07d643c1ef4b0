package io.weir.protocol.gtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Charging records of mobile networks (3GPP TS 32.295). */
public final class GtpPrime {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("gtp-prime", "GTP Prime")
        .udpPorts(3386)
        .firstBytes(0x0e, 0x0f, 0x2e, 0x2f, 0x4e, 0x4f)
        .udp(GtpPrime::detect)
        .build();

    private GtpPrime() {
    }

    /** Recognises a message by its type, its length and its information elements, which fill it. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(1);
        final int header = now.u8(0) == 0x0e ? 20 : 6;
        final boolean known = type >= 1 && type <= 7 || type == 240 || type == 241;
        return known && now.u16(2) == probe.announced() - header && (probe.onPort(3386) || probe.onPort(2123))
            && (now.length() < probe.announced() || Gtp.elements(now, header, now.length())) ? Answer.YES : Answer.NO;
    }
}
