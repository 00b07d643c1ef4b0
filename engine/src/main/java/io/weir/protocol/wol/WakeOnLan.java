package io.weir.protocol.wol;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** The magic packet that wakes a machine: six bytes of ones, sixteen times its address, and perhaps a password. */
public final class WakeOnLan {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("wol", "Wake on LAN")
        .udpPorts(9, 40000)
        .firstBytes(0xff)
        .udp(WakeOnLan::detect)
        .build();

    private static final int ADDRESS = 6;
    private static final int TIMES = 16;
    private static final int LENGTH = ADDRESS * (TIMES + 1);

    private WakeOnLan() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int password = probe.announced() - LENGTH;
        if (password != 0 && password != 4 && password != ADDRESS || !now.has(0, LENGTH) || now.u32(0) != 0xffff_ffffL
            || now.u16(4) != 0xffff) {
            return Answer.NO;
        }
        for (int at = 2 * ADDRESS; at < LENGTH; at++) {
            if (now.u8(at) != now.u8(at - ADDRESS)) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }
}
