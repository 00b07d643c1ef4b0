package io.weir.protocol.someip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Calls between the controllers of a car (AUTOSAR SOME/IP). */
public final class Someip {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("someip", "Scalable Service-Oriented Middleware over IP")
        .tcpPorts(30490, 30491, 30501).udpPorts(30490, 30491, 30501)
        .tcp(Someip::detectStream)
        .udp(Someip::detectDatagram)
        .udpByte(12, 1)
        .build();

    private Someip() {
    }

    /** Recognises a message that ends with the datagram, or is followed by another one. */
    static Answer detectDatagram(final Probe probe) {
        final Bytes now = probe.now();
        final long length = now.u32(4);
        if (message(now, 0) != Answer.YES || length + 8 > probe.announced()) {
            return Answer.NO;
        }
        return length + 8 == probe.announced() || message(now, (int) length + 8) == Answer.YES ? Answer.YES : Answer.NO;
    }

    /** Recognises a message. */
    static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        return now.u16(0) == 0 ? Answer.NO : message(now, 0);
    }

    private static Answer message(final Bytes now, final int at) {
        final long length = now.u32(at + 4);
        final int type = now.u8(at + 14);
        if (length >= 0 && (length < 8 || length > 1 << 17) || now.has(at + 12, 1) && now.u8(at + 12) != 1
            || now.has(at + 13, 1) && now.u8(at + 13) > 32) {
            return Answer.NO;
        }
        if (!now.has(at, 16)) {
            return Answer.MORE;
        }
        final int kind = type & ~0x60;
        final int code = now.u8(at + 15);
        final boolean known = kind == 0x80 || kind == 0x81 || kind <= 2 && code == 0;
        return known && code <= 0x5e ? Answer.YES : Answer.NO;
    }
}
