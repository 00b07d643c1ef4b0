package io.weir.protocol.slmp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Mitsubishi's Seamless Message Protocol, frames 3E and 4E in binary code: subheader, route, length, and a known
 * command.
 */
public final class Slmp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("slmp", "Mitsubishi SLMP (MELSEC)")
        .tcpPorts(5007)
        .udpPorts(5006)
        .firstBytes(0x50, 0x54)
        .tcp(Slmp::detect)
        .udp(Slmp::detect)
        .build();

    private Slmp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int route = b.u8(0) == 0x54 ? 6 : 2;
        if (b.u8(1) > 0) {
            return Answer.NO;
        }
        if (b.length() < route + 11) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        // Network, station, I/O number 0x03FF, multidrop station, length, timer, command.
        final int length = b.u16le(route + 5);
        final int group = b.u8(route + 10);
        return (route == 2 || b.u16(4) == 0) && b.u16le(route + 2) >= 0x3d0 && b.u16le(route + 2) <= 0x3ff
            && b.u8(route + 4) <= 0x1f && length >= 6 && length < 4096
            && (group <= 0x06 || group >= 0x10 && group <= 0x20)
            && (!probe.isUdp() || length == probe.announced() - route - 7) ? probe.yesFromClient() : Answer.NO;
    }
}
