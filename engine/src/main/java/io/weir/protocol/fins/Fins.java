package io.weir.protocol.fins;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Omron FINS: over TCP behind "FINS", length and command; over UDP the header's control field, network addresses
 * and a known command.
 */
public final class Fins {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("fins", "Omron FINS")
        .tcpPorts(9600)
        .udpPorts(9600)
        .firstBytes("F")
        .firstBytes(0x80, 0x81, 0xc0, 0xc1)
        .tcp(Fins::tcp)
        .udp(Fins::udp)
        .udpByte(1, 0)
        .build();

    private static final byte[] MAGIC = "FINS".getBytes(StandardCharsets.US_ASCII);
    private static final int[] LAST_OF_GROUP = {-1, 5, 0x20, 7, 2, 2, 0x20, 2};

    private Fins() {
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        final Answer magic = b.beginsWith(MAGIC);
        if (magic != Answer.YES || b.length() < 16) {
            return magic == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final long command = b.u32(8);
        return b.u32(4) >= 8 && b.u32(4) < 1 << 16 && command <= 6 && b.u32(12) < 0x40
            ? command == 1 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
    }

    private static Answer udp(final Probe probe) {
        final Bytes b = probe.now();
        // Control, reserved, gateways, then network, node and unit of both ends, service, command.
        if (b.length() < 12 || b.u8(0) == 'F' || b.u8(1) != 0 || b.u8(2) > 7 || b.u8(3) > 0x7f || b.u8(6) > 0x7f) {
            return Answer.NO;
        }
        final int group = b.u8(10);
        final int number = b.u8(11);
        final boolean known = group < LAST_OF_GROUP.length ? number >= 1 && number <= LAST_OF_GROUP[group]
            : group == 0x21 && number <= 3 || group == 0x22 && number <= 0x20 && number > 0
            || group == 0x23 && number <= 2 && number > 0;
        if (!known || !probe.onPort(9600) && (b.u8(3) | b.u8(6)) != 0) {
            return Answer.NO;
        }
        return (b.u8(0) & 0x40) == 0 ? probe.yesFromClient() : probe.yesFromServer();
    }
}
