package io.weir.protocol.ptp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Precise time (IEEE 1588). */
public final class Ptp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ptp", "Precision Time Protocol")
        .udpPorts(319, 320)
        .onlyOnUdpPorts()
        .udp(Ptp::detect)
        .build();

    /** Control field by type of message; -1 where there is no such type. */
    private static final byte[] CONTROLS = {0, 1, 5, 5, -1, -1, -1, -1, 2, 3, 5, 5, 5, 4, -1, -1};

    private Ptp() {
    }

    /** Recognises a message by its length and the control field, which says its type once more. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(0) & 0x0f;
        final int length = now.u16(2);
        if (!probe.onPort(319) && !probe.onPort(320) || (now.u8(1) & 0x0f) != 2 || length < 34
            || length > probe.announced() || length + 8 < probe.announced() || !now.has(0, 34)) {
            return Answer.NO;
        }
        return CONTROLS[type] == now.u8(32) ? Answer.YES : Answer.NO;
    }
}
