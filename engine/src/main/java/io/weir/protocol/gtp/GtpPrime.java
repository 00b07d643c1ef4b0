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
        .udpByte(1, 1, 2, 3, 4, 5, 6, 7, 240, 241)
        .build();

    private GtpPrime() {
    }

    /**
     * Recognises a message by its type, its length and its information elements, which fill it; one without elements
     * by its sequence number, which must be the other side's, or follow the last one.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(1);
        final int header = now.u8(0) == 0x0e ? 20 : 6;
        final boolean known = type >= 1 && type <= 7 || type == 240 || type == 241;
        if (!known || now.u16(2) != probe.announced() - header) {
            return Answer.NO;
        }
        final boolean usual = probe.onPort(3386) || probe.onPort(2123);
        if (now.u16(2) == 0) {
            return usual && (isNear(now, probe.other(), 0) || isNear(now, probe.before(), 1)) ? Answer.YES
                : Answer.MORE;
        }
        return usual && now.length() < probe.announced() || Gtp.elements(now, header, now.length()) ? Answer.YES
            : Answer.NO;
    }

    /** True if the sequence number is the other message's, or at most so many steps further. */
    private static boolean isNear(final Bytes now, final Bytes other, final int most) {
        return other.length() >= 6 && (now.u16(4) - other.u16(4) & 0xffff) <= most;
    }
}
