package io.weir.flow;

import io.weir.packet.Frame;

/**
 * Judges by a flow's first frame which side opened it: the sender of a SYN; the receiver of a SYN-ACK; else the side
 * whose port is not a service's when the other's is; else the sender.
 *
 * <p>Well-known ports (below 1024, RFC 6335) name a service more surely than the few registered ports listed here, and
 * those more surely than any other.
 */
final class Initiator {
    private static final int WELL_KNOWN = 0;
    private static final int REGISTERED = 1;
    private static final int OTHER = 2;

    private static final int WELL_KNOWN_END = 1024;
    /** Services often met above the well-known ports, one bit per port. */
    private static final long[] SERVICES = new long[(1 << 16) / Long.SIZE];

    static {
        final int[] ports = {
            1080, 1194, 1433, 1521, 1701, 1723, 1812, 1813, 1883, 1900, 2049, 2123, 2152, 3128, 3260, 3306, 3389, 3478,
            4500, 4789, 5060, 5061, 5222, 5353, 5355, 5432, 5672, 5900, 6379, 6443, 6667, 8000, 8080, 8443, 8883, 8888,
            9092, 9200, 11211, 25565, 27017, 51820,
        };
        for (final int port : ports) {
            SERVICES[port / Long.SIZE] |= 1L << port % Long.SIZE;
        }
    }

    private Initiator() {
    }

    /** True if the upper endpoint opened the flow that starts with this frame. */
    static boolean isUpper(final Frame frame) {
        final int handshake = frame.tcpFlags & (TcpTracker.SYN | TcpTracker.ACK);
        if (handshake == (TcpTracker.SYN | TcpTracker.ACK)) {
            return !frame.fromUpper;
        }
        if ((handshake & TcpTracker.SYN) != 0 || FlowProtocol.of(frame.protocol) == FlowProtocol.ICMP
            || frame.protocol == FlowProtocol.IP_ESP) {
            return frame.fromUpper;
        }
        final int lower = standing(frame.lowerPort);
        final int upper = standing(frame.upperPort);
        return lower == upper ? frame.fromUpper : lower < upper;
    }

    private static int standing(final int port) {
        if (port > 0 && port < WELL_KNOWN_END) {
            return WELL_KNOWN;
        }
        return (SERVICES[(port & 0xffff) / Long.SIZE] >>> port % Long.SIZE & 1) != 0 ? REGISTERED : OTHER;
    }
}
