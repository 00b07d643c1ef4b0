package io.weir.packet;

/** Tunnels directly on IP: IP in IP, GRE with PPTP and ERSPAN, Ethernet in IP, MPLS in IP, L2TP version 3. */
final class TunnelDecoder {
    static final int IP_IPV4 = 4;
    static final int IP_IPV6 = 41;
    static final int IP_GRE = 47;
    static final int IP_ETHER = 97;
    static final int IP_L2TP = 115;
    static final int IP_MPLS = 137;
    private static final int GRE = Layering.code(LayerType.GRE);
    private static final int ERSPAN = Layering.code(LayerType.ERSPAN);
    private static final int ETHER_IP = Layering.code(LayerType.ETHER_IP);
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGEMENT = 0x80;
    private static final int MAX_SOURCE_ROUTES = 16;
    private static final int ARUBA = 0x8200;
    private static final int ARUBA_MASK = 0xff80;

    private TunnelDecoder() {
    }

    /** True if the protocol is one of those below. */
    static boolean isTunnel(final int protocol) {
        return switch (protocol) {
            case IP_IPV4, IP_IPV6, IP_GRE, IP_ETHER, IP_L2TP, IP_MPLS -> true;
            default -> false;
        };
    }

    static void decode(final Frame frame, final int protocol, final int offset, final int end) {
        switch (protocol) {
            case IP_IPV4 -> ip(frame, frame.ipVersion == 4 ? TunnelType.IPIP : TunnelType.IP_IN_SIX, EtherType.IPV4,
                offset, end);
            case IP_IPV6 -> ip(frame, frame.ipVersion == 4 ? TunnelType.SIX_IN_FOUR : TunnelType.IP_IN_SIX,
                EtherType.IPV6, offset, end);
            case IP_GRE -> gre(frame, offset, end);
            case IP_ETHER -> etherIp(frame, offset, end);
            case IP_MPLS -> ip(frame, TunnelType.MPLS, EtherType.MPLS_UNICAST, offset, end);
            default -> L2tpDecoder.overIp(frame, offset, end);
        }
    }

    private static void ip(final Frame frame, final TunnelType type, final int etherType, final int offset,
        final int end) {
        if (TunnelEntry.checksOut(frame, etherType, offset, end)) {
            TunnelEntry.enter(frame, type, etherType, offset, end);
        }
    }

    /** RFC 3378: version 3, then zeros. */
    private static void etherIp(final Frame frame, final int offset, final int end) {
        if (end - offset >= 2 && Wire.u16(frame.address + offset) == 0x3000
            && InnerCheck.ethernet(frame, offset + 2, end) && Layering.push(frame, ETHER_IP, offset)) {
            TunnelEntry.enter(frame, TunnelType.ETHER_IP, EtherType.BRIDGED, offset + 2, end);
        }
    }

    private static void gre(final Frame frame, final int offset, final int end) {
        if (end - offset < 4) {
            Layering.fail(frame, DecodeError.TRUNCATED_GRE);
            return;
        }
        final int bits = Wire.u16(frame.address + offset);
        final int version = bits & 7;
        if (version > 1) {
            return;
        }
        final int data = version == 0 ? greData(frame, bits, offset, end) : pptpData(bits, offset);
        if (data < 0 || data > end) {
            Layering.fail(frame, DecodeError.TRUNCATED_GRE);
            return;
        }
        if (!Layering.push(frame, GRE, offset)) {
            return;
        }
        frame.payloadOffset = data;
        frame.payloadLength = end - data;
        final int type = Wire.u16(frame.address + offset + 2);
        if (version == 0) {
            greContent(frame, bits, type, offset, data, end);
        } else if (type == EtherType.PPP && (bits & SEQUENCE) != 0) {
            final int call = Wire.u16(frame.address + offset + 6);
            final int dataEnd = Math.min(end, data + Wire.u16(frame.address + offset + 4));
            if (PppDecoder.plausible(frame, data, dataEnd)) {
                TunnelEntry.enter(frame, TunnelType.PPTP, call, EtherType.PPP, data, dataEnd);
            }
        }
    }

    /** Where the content of GRE version 0 begins (RFC 2890, routing as in RFC 1701); below 0 if the header is cut. */
    private static int greData(final Frame frame, final int bits, final int offset, final int end) {
        int at = offset + 4;
        at += (bits & (CHECKSUM | ROUTING)) != 0 ? 4 : 0;
        at += (bits & KEY) != 0 ? 4 : 0;
        at += (bits & SEQUENCE) != 0 ? 4 : 0;
        if ((bits & ROUTING) == 0) {
            return at;
        }
        for (int i = 0; i < MAX_SOURCE_ROUTES && end - at >= 4; i++) {
            final int family = Wire.u16(frame.address + at);
            final int length = Wire.u8(frame.address + at + 3);
            at += 4 + length;
            if (family == 0 && length == 0) {
                return at;
            }
        }
        return -1;
    }

    /** Where the content of GRE version 1 begins, RFC 2637; the key is always there. */
    private static int pptpData(final int bits, final int offset) {
        return offset + 8 + ((bits & SEQUENCE) != 0 ? 4 : 0) + ((bits & ACKNOWLEDGEMENT) != 0 ? 4 : 0);
    }

    private static void greContent(final Frame frame, final int bits, final int type, final int offset, final int data,
        final int end) {
        final int keyAt = offset + 4 + ((bits & (CHECKSUM | ROUTING)) != 0 ? 4 : 0);
        final int key = (bits & KEY) != 0 ? Wire.i32(frame.address + keyAt) : frame.tunnelId;
        switch (type) {
            case EtherType.IPV4, EtherType.IPV6, EtherType.BRIDGED, EtherType.PPP, EtherType.MPLS_UNICAST -> {
                if (TunnelEntry.checksOut(frame, type, data, end)) {
                    TunnelEntry.enter(frame, TunnelType.GRE, key, type, data, end);
                }
            }
            case EtherType.WCCP -> {
                // version 2 puts four bytes of redirection in front of the packet, version 1 none
                final int at = TunnelEntry.ipType(frame, data, end) != 0 ? data : data + 4;
                final int inner = TunnelEntry.ipType(frame, at, end);
                if (inner != 0) {
                    TunnelEntry.enter(frame, TunnelType.GRE, key, inner, at, end);
                }
            }
            case EtherType.ERSPAN -> {
                if ((bits & SEQUENCE) != 0) {
                    erspan(frame, 1, 8, data, end);
                } else if (InnerCheck.ethernet(frame, data, end)) {
                    TunnelEntry.enter(frame, TunnelType.ERSPAN, EtherType.BRIDGED, data, end);
                }
            }
            case EtherType.ERSPAN_3 -> erspan(frame, 2, 12, data, end);
            default -> {
                if ((type & ARUBA_MASK) == ARUBA) {
                    aruba(frame, key, data, end);
                }
            }
        }
    }

    /** Between access points and controllers of Aruba, wireless frames or Ethernet; the type's low bits vary. */
    private static void aruba(final Frame frame, final int key, final int offset, final int end) {
        final int inner = InnerCheck.dot11(frame, offset, end) ? EtherType.DOT11 : EtherType.BRIDGED;
        if (TunnelEntry.checksOut(frame, inner, offset, end)) {
            TunnelEntry.enter(frame, TunnelType.GRE, key, inner, offset, end);
        }
    }

    /** ERSPAN type II has version 1, type III version 2; draft-foschiano-erspan. */
    private static void erspan(final Frame frame, final int version, final int header, final int offset,
        final int end) {
        final long at = frame.address + offset;
        if (end - offset < header || Wire.u8(at) >>> 4 != version) {
            return;
        }
        // type III: the lowest bit announces eight more bytes of the platform
        final int data = offset + header + (version == 2 && (Wire.u8(at + 11) & 1) != 0 ? 8 : 0);
        if (InnerCheck.ethernet(frame, data, end) && Layering.push(frame, ERSPAN, offset)) {
            TunnelEntry.enter(frame, TunnelType.ERSPAN, Wire.u16(at + 2) & 0x3ff, EtherType.BRIDGED, data, end);
        }
    }
}
