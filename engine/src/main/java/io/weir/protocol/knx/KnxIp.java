package io.weir.protocol.knx;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** KNXnet/IP: header length 6, version 1.0, a service of one of its families, total length. */
public final class KnxIp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("knx", "KNXnet/IP")
        .tcpPorts(3671)
        .udpPorts(3671)
        .firstBytes(6)
        .tcp(KnxIp::detect)
        .udp(KnxIp::detect)
        .build();

    private KnxIp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int service = b.u16(2);
        if (b.length() > 1 && b.u8(1) != 0x10 || b.length() > 3 && !isService(service)) {
            return Answer.NO;
        }
        if (b.length() < 8) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final int length = b.u16(4);
        if (probe.isUdp()) {
            return length == probe.announced() ? probe.yesFromClient() : Answer.NO;
        }
        // Over TCP what follows begins with an endpoint of 8 bytes, or with a connection header of 4.
        return length >= 8 && length < 1024 && (b.u8(6) == 8 && b.u8(7) <= 2 || b.u8(6) == 4 && length >= 10)
            ? probe.yesFromClient() : Answer.NO;
    }

    private static boolean isService(final int service) {
        final int number = service & 0xff;
        switch (service >> 8) {
            case 2 -> {
                return number >= 1 && number <= 0x0c;
            }
            case 3 -> {
                return number == 0x10 || number == 0x11;
            }
            case 4 -> {
                return number == 0x20 || number == 0x21;
            }
            case 5 -> {
                return number >= 0x30 && number <= 0x33;
            }
            case 7 -> {
                return number >= 0x40 && number <= 0x43;
            }
            case 9 -> {
                return number >= 0x50 && number <= 0x56;
            }
            default -> {
                return false;
            }
        }
    }
}
