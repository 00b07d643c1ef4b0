package io.weir.protocol.ethersbus;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Saia Ether-S-Bus: length of the datagram, version, protocol, sequence, attribute, and a checksum at the end. */
public final class EtherSBus {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ether-s-bus", "Saia Ether-S-Bus")
        .udpPorts(5050)
        .firstBytes(0)
        .udp(EtherSBus::detect)
        .build();

    private EtherSBus() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        if (length < 11 || length > 1500 || b.length() < length || b.u32(0) != length || b.u8(4) > 1 || b.u8(5) > 1
            || b.u8(8) > 2) {
            return Answer.NO;
        }
        int crc = 0;
        for (int i = 0; i < length - 2; i++) {
            crc ^= b.u8(i) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
        }
        return (crc & 0xffff) == b.u16(length - 2) ? b.u8(8) == 0 ? probe.yesFromClient() : probe.yesFromServer()
            : Answer.NO;
    }
}
