package io.weir.protocol.tuya;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Tuya's local protocol: prefix 00 00 55 AA (since 3.5 00 00 66 99), sequence, command, length, and the suffix that
 * mirrors the prefix.
 */
public final class Tuya {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("tuya", "Tuya")
        .tcpPorts(6668)
        .udpPorts(6666, 6667, 7000)
        .firstBytes(0)
        .tcp(Tuya::detect)
        .udp(Tuya::detect)
        .build();

    private static final long PREFIX = 0x55aa;
    private static final long PREFIX_35 = 0x6699;

    private Tuya() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.length() > 2 && b.u8(2) != 0x55 && b.u8(2) != 0x66) {
            return Answer.NO;
        }
        if (b.length() < 18) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final long prefix = b.u32(0);
        final int at = prefix == PREFIX_35 ? 10 : 8;
        final long length = b.u32(at + 4);
        final long suffix = prefix == PREFIX_35 ? 0x9966 : 0xaa55;
        return (prefix == PREFIX || prefix == PREFIX_35) && b.u32(at) <= 0x40 && length >= 8 && length < 1 << 14
            && (!probe.isUdp() || b.u32(b.length() - 4) == suffix) ? Answer.YES : Answer.NO;
    }
}
