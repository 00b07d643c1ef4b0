package io.weir.protocol.iax;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Inter-Asterisk eXchange, version 2 (RFC 5456): a full frame of control with information elements. */
public final class Iax {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("iax", "Inter-Asterisk eXchange").udpPorts(4569)
        .firstByteRange(0x80, 0xff).udp(Iax::detect).udpByte(10, 6).build();

    private static final int HEADER = 12;
    private static final int CONTROL = 6;
    private static final int LAST_SUBCLASS = 0x28;
    private static final int CALL = 0x7fff;

    private Iax() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int source = now.u16(0) & CALL;
        final int subclass = now.u8(11);
        if (now.length() < HEADER || source == 0 || now.u8(10) != CONTROL || subclass < 1 || subclass > LAST_SUBCLASS) {
            return Answer.NO;
        }
        final Bytes other = probe.other();
        if (other.length() >= HEADER) {
            return (other.u16(0) & CALL) == (now.u16(2) & CALL) && elementsFit(now) ? Answer.YES : Answer.NO;
        }
        // the first frame of a call: no destination, both sequence numbers zero, and at least one element
        return now.u16(2) == 0 && now.u16(8) == 0 && now.u32(4) < 0x1_0000 && elementsFit(now)
            ? now.length() > HEADER ? Answer.YES : Answer.MORE : Answer.NO;
    }

    private static boolean elementsFit(final Bytes now) {
        int at = HEADER;
        while (at < now.length()) {
            final int length = now.u8(at + 1);
            if (length < 0) {
                return false;
            }
            at += 2 + length;
        }
        return at == now.length();
    }
}
