package io.weir.protocol.tzsp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * TaZmen Sniffer Protocol: frames on their way to who analyses them. Version 1, the kind of frame, and fields up to one
 * that ends them; then an Ethernet frame with IP or ARP in it.
 */
public final class Tzsp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tzsp", "TaZmen Sniffer Protocol")
        .udpPorts(37008)
        .firstBytes(1)
        .udp(Tzsp::detect)
        .udpByte(3, 1)
        .build();

    private static final int ETHERNET = 1;
    private static final int PADDING = 0;
    private static final int END = 1;
    private static final int MOST_FIELDS = 32;

    private Tzsp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != 1 || now.u8(1) > 1 || now.u16(2) != ETHERNET) {
            return Answer.NO;
        }
        int at = 4;
        for (int i = 0; i < MOST_FIELDS && now.u8(at) != END; i++) {
            at += now.u8(at) == PADDING ? 1 : now.has(at + 1, 1) ? 2 + now.u8(at + 1) : 1;
        }
        final int content = at + 15;
        if (now.u8(at) != END) {
            return Answer.NO;
        }
        return switch (now.u16(at + 13)) {
            case 0x0800 -> now.u8(content) >> 4 == 4 && now.u16(content + 2) <= probe.announced() - content
                && now.u16(content + 2) >= 20 ? Answer.YES : Answer.NO;
            case 0x86dd -> now.u8(content) >> 4 == 6 && now.u16(content + 4) <= probe.announced() - content - 40
                && now.has(content, 40) ? Answer.YES : Answer.NO;
            case 0x0806 -> now.u32(content) == 0x0001_0800L ? Answer.YES : Answer.NO;
            default -> Answer.NO;
        };
    }
}
