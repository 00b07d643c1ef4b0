package io.weir.protocol.pcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Control of mappings in a gateway (RFC 6887). */
public final class Pcp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("pcp", "Port Control Protocol")
        .udpPorts(5351, 5350)
        .firstBytes(1, 2)
        .udp(Pcp::detect)
        .udpByte(1, 0, 1, 2, 3, 128, 129, 130, 131)
        .build();

    private static final int VERSION = 2;
    private static final int HEADER = 24;
    private static final int RESPONSE = 0x80;

    private Pcp() {
    }

    /**
     * Recognises a request by the address of its client, or a response by its reserved bytes; on other ports an address
     * of IPv4 in its long form, or the answer that goes with a request of version 2.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean usual = probe.onPort(5351) || probe.onPort(5350);
        if (probe.announced() < HEADER || (probe.announced() & 3) != 0
            || (now.u8(1) & ~RESPONSE) > 3 || !usual && now.u8(0) != VERSION) {
            return Answer.NO;
        }
        if (now.u8(1) >= RESPONSE) {
            final Bytes request = probe.other();
            return isResponse(now) && (usual || request.u8(0) == VERSION && request.u8(1) + RESPONSE == now.u8(1)
                && isRequest(request)) ? Answer.YES : Answer.NO;
        }
        return !isRequest(now) ? Answer.NO : usual || isMapped(now) ? Answer.YES : Answer.MORE;
    }

    private static boolean isResponse(final Bytes now) {
        return now.u8(2) == 0 && now.u8(3) <= 13 && now.u64(12) == 0 && now.u32(20) == 0;
    }

    private static boolean isRequest(final Bytes now) {
        final int address = now.u8(8);
        return now.u16(2) == 0 && (isMapped(now) || (address & 0xe0) == 0x20 || address == 0xfd || address == 0xfe)
            && (now.u8(1) != 1 || now.u24(37) == 0) && now.u32(4) <= 31_536_000;
    }

    private static boolean isMapped(final Bytes now) {
        return now.u64(8) == 0 && now.u32(16) == 0xffff;
    }
}
