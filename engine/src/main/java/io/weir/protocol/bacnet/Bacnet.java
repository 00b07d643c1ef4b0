package io.weir.protocol.bacnet;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * BACnet/IP (Annex J): type 0x81, function, length of the whole datagram, and the network layer's version or the
 * length that the function has.
 */
public final class Bacnet {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("bacnet", "BACnet/IP")
        .udpPorts(47808)
        .firstBytes(0x81)
        .udp(Bacnet::detect)
        .build();

    private Bacnet() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = b.u16(2);
        if (length != probe.announced() || length < 4) {
            return Answer.NO;
        }
        final boolean fits;
        switch (b.u8(1)) {
            case 0x00 -> fits = length == 6;
            case 0x01 -> fits = length % 10 == 4;
            case 0x02, 0x06 -> fits = length == 4;
            case 0x03, 0x07 -> fits = length % 10 == 4;
            case 0x04 -> fits = b.u8(10) == 1;
            case 0x05 -> fits = length == 6;
            case 0x08 -> fits = length == 10;
            case 0x09, 0x0a, 0x0b -> fits = b.u8(4) == 1 && (b.u8(5) & 0x50) == 0;
            default -> fits = false;
        }
        return fits ? Answer.YES : Answer.NO;
    }
}
