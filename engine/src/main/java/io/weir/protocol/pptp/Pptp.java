package io.weir.protocol.pptp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Control of point-to-point tunnels (RFC 2637). */
public final class Pptp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("pptp", "Point-to-Point Tunneling Protocol")
        .tcpPorts(1723)
        .firstBytes(0)
        .tcp(Pptp::detect)
        .build();

    /** Any length, a control message, the cookie. */
    private static final byte[] PREFIX = {0, 0, 0, 1, 0x1a, 0x2b, 0x3c, 0x4d};

    private Pptp() {
    }

    /** Recognises a control message by its magic cookie. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(0);
        for (int i = 2; i < PREFIX.length && i < now.length(); i++) {
            if (now.u8(i) != (PREFIX[i] & 0xff)) {
                return Answer.NO;
            }
        }
        if (length >= 0 && (length < 12 || length > 220)) {
            return Answer.NO;
        }
        if (!now.has(8, 4)) {
            return Answer.MORE;
        }
        return now.u16(8) >= 1 && now.u16(8) <= 15 && now.u16(10) == 0 ? Answer.YES : Answer.NO;
    }
}
