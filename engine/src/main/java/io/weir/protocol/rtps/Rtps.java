package io.weir.protocol.rtps;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Publishing and subscribing in real time (OMG DDSI-RTPS). */
public final class Rtps {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rtps", "Real-Time Publish Subscribe")
        .udpPorts(7400, 7401, 7410, 7411)
        .firstBytes("R")
        .udp(Rtps::detect)
        .build();

    private Rtps() {
    }

    /** Recognises a message by its name, its version and its first part. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int part = now.u8(20);
        if (now.u24(0) != 0x525450 || now.u8(3) != 'S' && now.u8(3) != 'X' || now.u8(4) < 1 || now.u8(4) > 3
            || now.u8(5) > 16 || part <= 0) {
            return Answer.NO;
        }
        final int length = (now.u8(21) & 1) != 0 ? now.u16le(22) : now.u16(22);
        return (part <= 0x3f || part >= 0x80) && length + 24 <= probe.announced() ? Answer.YES : Answer.NO;
    }
}
