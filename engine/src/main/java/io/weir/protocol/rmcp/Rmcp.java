package io.weir.protocol.rmcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Remote Management Control Protocol: version 6, sequence, and class IPMI or ASF with a message of its shape. */
public final class Rmcp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("rmcp", "RMCP (IPMI)")
        .udpPorts(623)
        .firstBytes(6)
        .udp(Rmcp::detect)
        .build();

    private Rmcp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) != 0 || b.length() < 8) {
            return Answer.NO;
        }
        if (b.u8(3) == 6 || b.u8(3) == 0x86) {
            // ASF: its IANA number, or nothing but an acknowledgement.
            return b.u32(4) == 0x11be && (b.u8(8) == 0x80 || b.u8(8) == 0x40) ? Answer.YES : Answer.NO;
        }
        // IPMI 1.5 authentication kinds 0, 1, 2, 4, 5 with sequence and session and a length that fits; 2.0 is kind 6.
        final int kind = b.u8(4);
        final int header = kind == 6 ? 16 : kind == 0 ? 14 : 30;
        final int length = kind == 6 ? b.u16le(14) : b.u8(header - 1);
        return b.u8(3) == 7 && (kind <= 2 || kind >= 4 && kind <= 6) && b.u8(2) == 0xff
            && length <= probe.announced() - header && probe.announced() - header - length < 24
            && (kind != 6 || (b.u8(5) & 0x3f) <= 0x15) ? Answer.YES : Answer.NO;
    }
}
