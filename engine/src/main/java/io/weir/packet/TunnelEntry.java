package io.weir.packet;

/** The step from an outer packet into a tunnel, and back out if there is no inner IP packet after all. */
final class TunnelEntry {
    /** Tunnels inside each other that {@link Frame#tunnels} has room for. */
    static final int MAX_DEPTH = 8;

    private TunnelEntry() {
    }

    /** True if what the EtherType announces is there and makes sense. */
    static boolean checksOut(final Frame frame, final int etherType, final int offset, final int end) {
        return switch (etherType) {
            case EtherType.IPV4 -> InnerCheck.ipv4(frame, offset, end);
            case EtherType.IPV6 -> InnerCheck.ipv6(frame, offset, end);
            case EtherType.BRIDGED -> InnerCheck.ethernet(frame, offset, end);
            case EtherType.PPP -> PppDecoder.plausible(frame, offset, end);
            case EtherType.MPLS_UNICAST -> end - offset >= 24;
            case EtherType.NSH -> end - offset >= 8 && Wire.u8(frame.address + offset) >>> 6 == 0;
            case EtherType.DOT11 -> InnerCheck.dot11(frame, offset, end);
            default -> false;
        };
    }

    /** EtherType of a bare IP packet by its version; 0 if it is none that makes sense. */
    static int ipType(final Frame frame, final int offset, final int end) {
        return InnerCheck.ipv4(frame, offset, end) ? EtherType.IPV4
            : InnerCheck.ipv6(frame, offset, end) ? EtherType.IPV6 : 0;
    }

    /** Enters a tunnel that has no identifier. */
    static void enter(final Frame frame, final TunnelType type, final int etherType, final int offset, final int end) {
        enter(frame, type, frame.tunnelId, etherType, offset, end);
    }

    /**
     * Enters a tunnel. If no inner IP header is found, the flow stays that of the outer packet, outside of the tunnel.
     */
    static void enter(final Frame frame, final TunnelType type, final int id, final int etherType, final int offset,
        final int end) {
        final int outerTunnels = frame.tunnels;
        final int depth = 35 - Integer.numberOfLeadingZeros(outerTunnels) >>> 2;
        if (depth >= MAX_DEPTH) {
            Layering.fail(frame, DecodeError.TOO_MANY_TUNNELS);
            return;
        }
        final int outerId = frame.tunnelId;
        final int outermost = frame.outerIpOffset;
        final int ip = frame.ipOffset;
        frame.tunnels = outerTunnels | type.ordinal() << 4 * depth;
        frame.tunnelId = id;
        frame.outerIpOffset = outerTunnels == 0 ? ip : outermost;
        EthernetDecoder.byType(frame, etherType, offset, end);
        if (frame.ipOffset == ip) {
            frame.tunnels = outerTunnels;
            frame.tunnelId = outerId;
            frame.outerIpOffset = outermost;
        }
    }
}
