package io.weir.protocol.hartip;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** HART-IP: version, message type, message, status, sequence and a byte count that counts the whole message. */
public final class HartIp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("hart-ip", "HART-IP")
        .tcpPorts(5094)
        .udpPorts(5094)
        .firstBytes(1, 2)
        .tcp(HartIp::detect)
        .udp(HartIp::detect)
        .build();

    private HartIp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(1);
        if (type > 3 && type != 15 || b.u8(2) > 5) {
            return Answer.NO;
        }
        if (b.length() < 9) {
            return probe.isUdp() ? b.length() == 8 && fits(probe) ? probe.yesFromClient() : Answer.NO : Answer.MORE;
        }
        return fits(probe) ? type == 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }

    private static boolean fits(final Probe probe) {
        final Bytes b = probe.now();
        final int count = b.u16(6);
        if (probe.isUdp()) {
            return count == probe.announced() && count >= 8;
        }
        // A session begins with 13 bytes in both directions: kind of master and a timer follow the header.
        return b.u8(2) == 0 && count == 13 && b.u8(8) <= 1;
    }
}
