package io.weir.protocol.x11;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * X11: the client's byte order and protocol version 11.0 with the lengths of its authorization, the server's answer
 * with the same version.
 */
public final class X11 {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("x11", "X Window System")
        .tcpPorts(6000, 6001, 6010)
        .firstBytes("lB")
        .firstBytes(0, 1, 2)
        .tcp(X11::detect)
        .build();

    private X11() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int first = b.u8(0);
        if (first <= 2) {
            return answer(probe);
        }
        if (b.u8(1) > 0 || b.length() > 3 && (first == 'l' ? b.u16le(2) : b.u16(2)) != 11) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        final int name = first == 'l' ? b.u16le(6) : b.u16(6);
        final int data = first == 'l' ? b.u16le(8) : b.u16(8);
        return b.u16(4) == 0 && b.u16(10) == 0 && name < 64 && data < 256 ? probe.yesFromClient() : Answer.NO;
    }

    /** Failed (with the length of a reason), accepted, or authenticate; the byte order is that of the client. */
    private static Answer answer(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < 8) {
            return Answer.MORE;
        }
        final boolean little = b.u16le(2) == 11 && b.u16(4) == 0;
        final boolean big = b.u16(2) == 11 && b.u16(4) == 0;
        if (!little && !big) {
            return Answer.NO;
        }
        if (b.u8(0) == 1) {
            return b.u8(1) == 0 && (little ? b.u16le(6) : b.u16(6)) >= 8 && probe.onPort(6000)
                ? probe.yesFromServer() : Answer.NO;
        }
        return b.length() < 12 ? Answer.MORE : b.u8(0) == 0 && b.isPrintable(8, 4) ? probe.yesFromServer() : Answer.NO;
    }
}
