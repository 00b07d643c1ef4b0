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
        .onlyOnUdpPorts()
        .firstBytes(1, 2)
        .udp(Pcp::detect)
        .build();

    private Pcp() {
    }

    /** Recognises a request by the address of its client, or a response by its reserved bytes. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int operation = now.u8(1);
        if (!probe.onPort(5351) && !probe.onPort(5350) || probe.announced() < 24 || (probe.announced() & 3) != 0
            || (operation & 0x7f) > 3) {
            return Answer.NO;
        }
        if (operation >= 0x80) {
            return now.u8(2) == 0 && now.u8(3) <= 13 && now.u64(12) == 0 && now.u32(20) == 0 ? Answer.YES : Answer.NO;
        }
        final boolean mapped = now.u64(8) == 0 && now.u32(16) == 0xffff;
        final int address = now.u8(8);
        return now.u16(2) == 0 && (mapped || (address & 0xe0) == 0x20 || address == 0xfd || address == 0xfe)
            && (operation != 1 || now.u24(37) == 0) && now.u32(4) <= 31_536_000 ? Answer.YES : Answer.NO;
    }
}
