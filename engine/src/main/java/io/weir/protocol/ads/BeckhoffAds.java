package io.weir.protocol.ads;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Beckhoff ADS/AMS: over TCP a length in front of the AMS header, whose addresses end in .1.1 and whose command is
 * known; over UDP the discovery's magic.
 */
public final class BeckhoffAds {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("beckhoff-ads", "Beckhoff ADS")
        .tcpPorts(48898)
        .udpPorts(48899)
        .firstBytes(0, 3)
        .tcp(BeckhoffAds::tcp)
        .udp(BeckhoffAds::udp)
        .build();

    private static final byte[] DISCOVERY = {0x03, 0x66, 0x14, 0x71};

    private BeckhoffAds() {
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0 || b.u8(1) > 0 || b.u8(4) > 0xf) {
            return Answer.NO;
        }
        if (b.length() < 38) {
            return b.length() > 5 && b.u8(5) != 0 ? Answer.NO : Answer.MORE;
        }
        final long length = b.u32le(2);
        final int flags = b.u16le(24);
        return length >= 32 && length < 1 << 20 && b.u32le(26) == length - 32 && b.u16le(22) <= 9
            && (flags & ~0x1ff) == 0 && (flags & 4) != 0
            ? (flags & 1) == 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }

    private static Answer udp(final Probe probe) {
        final Bytes b = probe.now();
        return b.startsWith(DISCOVERY) && b.length() >= 24 && b.u16le(10) == 0 ? (b.u8(11) & 0x80) == 0
            ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
