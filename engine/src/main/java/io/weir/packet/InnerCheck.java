package io.weir.packet;

/**
 * Says whether bytes that nothing announces reliably begin with a header that makes sense. Tunnels are entered on it.
 */
final class InnerCheck {
    private InnerCheck() {
    }

    /** An IPv4 header whose version, header length and total length fit into what is there. */
    static boolean ipv4(final Frame frame, final int offset, final int end) {
        if (end - offset < 20) {
            return false;
        }
        final int first = Wire.u8(frame.address + offset);
        final int header = (first & 0xf) << 2;
        final int total = Wire.u16(frame.address + offset + 2);
        return first >>> 4 == 4 && header >= 20 && end - offset >= header
            && (total >= header && total <= announced(frame, offset, end) || total == 0 && unfinished(frame));
    }

    /** An IPv6 header whose version and payload length fit into what is there. */
    static boolean ipv6(final Frame frame, final int offset, final int end) {
        if (end - offset < 40) {
            return false;
        }
        final long at = frame.address + offset;
        final int length = Wire.u16(at + 4);
        final int next = Wire.u8(at + 6);
        return Wire.u8(at) >>> 4 == 6 && 40L + length <= announced(frame, offset, end)
            && (length != 0 || next == 0 || next == 59 || unfinished(frame));
    }

    /** An Ethernet header with an EtherType that is known; for IP, with an IP header that makes sense. */
    static boolean ethernet(final Frame frame, final int offset, final int end) {
        int typeAt = offset + 12;
        for (int tags = 0; tags <= 2; tags++) {
            if (end - typeAt < 2) {
                return false;
            }
            final int type = Wire.u16(frame.address + typeAt);
            switch (type) {
                case EtherType.IPV4 -> {
                    return ipv4(frame, typeAt + 2, end);
                }
                case EtherType.IPV6 -> {
                    return ipv6(frame, typeAt + 2, end);
                }
                case EtherType.DOT1Q, EtherType.DOT1AD, EtherType.QINQ_9100, EtherType.QINQ_9200 -> typeAt += 4;
                default -> {
                    return withoutIp(frame, type, typeAt + 2, end);
                }
            }
        }
        return false;
    }

    /** An IEEE 802.11 data frame that is neither encrypted nor a later fragment, with IP behind LLC and SNAP. */
    static boolean dot11(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 32) {
            return false;
        }
        final int control = Wire.u8(at);
        final int flags = Wire.u8(at + 1);
        // data with or without quality of service, perhaps with the control field of 802.11n; no aggregates
        final boolean qos = (control & 0x80) != 0;
        final int addresses = (flags & 3) == 3 ? 30 : 24;
        final int header = addresses + (qos ? 2 : 0) + (qos && (flags & 0x80) != 0 ? 4 : 0);
        if ((control & 0x4f) != 0x08 || (flags & 0x40) != 0 || end - offset < header + 8
            || (Wire.u8(at + 22) & 0xf) != 0 || qos && (Wire.u8(at + addresses) & 0x80) != 0
            || Wire.i32(at + header) != 0xaaaa_0300 || Wire.u16(at + header + 4) != 0) {
            return false;
        }
        return switch (Wire.u16(at + header + 6)) {
            case EtherType.IPV4 -> ipv4(frame, offset + header + 8, end);
            case EtherType.IPV6 -> ipv6(frame, offset + header + 8, end);
            default -> false;
        };
    }

    private static boolean withoutIp(final Frame frame, final int type, final int offset, final int end) {
        return switch (type) {
            case EtherType.ARP -> end - offset >= 28 && Wire.i32(frame.address + offset) == 0x0001_0800;
            case EtherType.MPLS_UNICAST, EtherType.MPLS_MULTICAST,
                EtherType.PPPOE_DISCOVERY, EtherType.PPPOE_SESSION -> true;
            // LLDP, 802.1X, slow protocols, loopback test
            case 0x88cc, 0x888e, 0x8809, 0x9000 -> true;
            // IEEE 802.3: the length fits and a known service access point follows (spanning tree, SNAP, IS-IS)
            default -> type >= 3 && type <= EthernetDecoder.MAX_LENGTH && type <= announced(frame, offset, end)
                && end - offset >= 3 && knownSap(Wire.u16(frame.address + offset));
        };
    }

    private static boolean knownSap(final int saps) {
        return saps == 0x4242 || saps == 0xaaaa || saps == 0xfefe;
    }

    /** Bytes from here to the end of the enclosing packet, counting those the capture cut off. */
    private static long announced(final Frame frame, final int offset, final int end) {
        return frame.ipVersion == 0 ? (long) Math.max(end, frame.wireLength) - offset
            : (long) end - offset + frame.payloadMissing;
    }

    /** Segmentation offload writes the lengths of a super-frame only when it cuts it. */
    private static boolean unfinished(final Frame frame) {
        return (frame.flags & Frame.SUPER_FRAME) != 0;
    }
}
