package io.weir.packet;

/** Tunnels in UDP, each entered only when its header and the first inner header check out. */
final class UdpTunnelDecoder {
    private static final int VXLAN = Layering.code(LayerType.VXLAN);
    private static final int VXLAN_GPE = Layering.code(LayerType.VXLAN_GPE);
    private static final int GENEVE = Layering.code(LayerType.GENEVE);
    private static final int GTP_U = Layering.code(LayerType.GTP_U);
    private static final int TEREDO = Layering.code(LayerType.TEREDO);
    private static final int LISP = Layering.code(LayerType.LISP);
    static final int VXLAN_PORT = 4789;
    static final int VXLAN_LINUX_PORT = 8472;
    static final int VXLAN_GPE_PORT = 4790;
    static final int GENEVE_PORT = 6081;
    static final int GTP_U_PORT = 2152;
    static final int L2TP_PORT = 1701;
    static final int TEREDO_PORT = 3544;
    static final int AYIYA_PORT = 5072;
    static final int MPLS_PORT = 6635;
    static final int LISP_PORT = 4341;
    /** Of the flags of LISP: which of its keys a packet is encrypted with; 0 if with none. */
    private static final int LISP_KEYS = 3;
    /** SCTP, which is not a tunnel: the addresses stay. */
    static final int SCTP_PORT = 9899;
    private static final int G_PDU = 0xff;
    private static final int MAX_EXTENSIONS = 8;

    private UdpTunnelDecoder() {
    }

    /** True if either port belongs to a tunnel; of the overlay networks, which choose their source, the second. */
    static boolean isTunnelPort(final int source, final int destination) {
        return switch (destination) {
            case VXLAN_PORT, VXLAN_LINUX_PORT, VXLAN_GPE_PORT, GENEVE_PORT, GTP_U_PORT, L2TP_PORT, TEREDO_PORT,
                AYIYA_PORT, MPLS_PORT, LISP_PORT, SCTP_PORT -> true;
            default -> source == GTP_U_PORT || source == L2TP_PORT || source == TEREDO_PORT || source == AYIYA_PORT
                || source == SCTP_PORT;
        };
    }

    static void decode(final Frame frame, final int source, final int destination, final int offset, final int end) {
        switch (destination) {
            case VXLAN_PORT, VXLAN_LINUX_PORT -> vxlan(frame, offset, end);
            case VXLAN_GPE_PORT -> vxlanGpe(frame, offset, end);
            case GENEVE_PORT -> geneve(frame, offset, end);
            case MPLS_PORT -> mpls(frame, offset, end);
            case GTP_U_PORT -> gtpU(frame, offset, end);
            case L2TP_PORT -> L2tpDecoder.overUdp(frame, offset, end);
            case TEREDO_PORT -> teredo(frame, offset, end);
            case AYIYA_PORT -> ayiya(frame, offset, end);
            case LISP_PORT -> lisp(frame, offset, end);
            case SCTP_PORT -> SctpInUdp.decode(frame, offset, end);
            default -> bySource(frame, source, offset, end);
        }
    }

    private static void bySource(final Frame frame, final int source, final int offset, final int end) {
        switch (source) {
            case GTP_U_PORT -> gtpU(frame, offset, end);
            case L2TP_PORT -> L2tpDecoder.overUdp(frame, offset, end);
            case AYIYA_PORT -> ayiya(frame, offset, end);
            case SCTP_PORT -> SctpInUdp.decode(frame, offset, end);
            default -> teredo(frame, offset, end);
        }
    }

    /** RFC 7348; with the bits of group policy, which some switches set. */
    private static void vxlan(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset >= 8 && (Wire.u8(at) & 0x7f) == 8 && Wire.u8(at + 7) == 0
            && (Wire.u8(at) == 0x88 || Wire.u24(at + 1) == 0) && InnerCheck.ethernet(frame, offset + 8, end)
            && Layering.push(frame, VXLAN, offset)) {
            TunnelEntry.enter(frame, TunnelType.VXLAN, Wire.u24(at + 4), EtherType.BRIDGED, offset + 8, end);
        }
    }

    private static void vxlanGpe(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8 || (Wire.u8(at) & 0x0c) != 0x0c || Wire.u16(at + 1) != 0) {
            return;
        }
        final int type = switch (Wire.u8(at + 3)) {
            case 1 -> EtherType.IPV4;
            case 2 -> EtherType.IPV6;
            case 3 -> EtherType.BRIDGED;
            case 4 -> EtherType.NSH;
            default -> 0;
        };
        if (TunnelEntry.checksOut(frame, type, offset + 8, end) && Layering.push(frame, VXLAN_GPE, offset)) {
            TunnelEntry.enter(frame, TunnelType.VXLAN, Wire.u24(at + 4), type, offset + 8, end);
        }
    }

    /** RFC 8926: version 0, reserved bits 0. */
    private static void geneve(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8 || Wire.u8(at) >>> 6 != 0 || (Wire.u8(at + 1) & 0x3f) != 0 || Wire.u8(at + 7) != 0) {
            return;
        }
        final int data = offset + 8 + (Wire.u8(at) << 2);
        final int type = Wire.u16(at + 2);
        if (TunnelEntry.checksOut(frame, type, data, end) && Layering.push(frame, GENEVE, offset)) {
            TunnelEntry.enter(frame, TunnelType.GENEVE, Wire.u24(at + 4), type, data, end);
        }
    }

    /** RFC 7510. */
    private static void mpls(final Frame frame, final int offset, final int end) {
        if (end - offset >= 24 && (Wire.u8(frame.address + offset + 2) & 1) != 0
            && TunnelEntry.ipType(frame, offset + 4, end) != 0) {
            TunnelEntry.enter(frame, TunnelType.MPLS, EtherType.MPLS_UNICAST, offset, end);
        }
    }

    /** 3GPP TS 29.281: version 1, protocol type 1, message type G-PDU. */
    private static void gtpU(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8 || (Wire.u8(at) & 0xf8) != 0x30 || Wire.u8(at + 1) != G_PDU
            || Wire.u16(at + 2) + 8 > end - offset + frame.payloadMissing) {
            return;
        }
        // some senders leave the optional fields out of the length, so the inner packet tells its own end
        final int data = gtpContent(frame, offset, end);
        if (data < 0) {
            return;
        }
        final int ipType = TunnelEntry.ipType(frame, data, end);
        final int type = ipType == 0 && InnerCheck.ethernet(frame, data, end) ? EtherType.BRIDGED : ipType;
        if (type != 0 && Layering.push(frame, GTP_U, offset)) {
            TunnelEntry.enter(frame, TunnelType.GTP_U, Wire.i32(at + 4), type, data, end);
        }
    }

    /** Where the user packet begins, behind optional fields and extension headers; below 0 if they do not fit. */
    private static int gtpContent(final Frame frame, final int offset, final int end) {
        final int bits = Wire.u8(frame.address + offset) & 7;
        if (bits == 0) {
            return offset + 8;
        }
        int at = offset + 12;
        if (at > end) {
            return -1;
        }
        int next = (bits & 4) != 0 ? Wire.u8(frame.address + at - 1) : 0;
        for (int i = 0; next != 0; i++) {
            final int length = end - at < 4 ? 0 : Wire.u8(frame.address + at) << 2;
            if (length == 0 || end - at < length || i == MAX_EXTENSIONS) {
                return -1;
            }
            at += length;
            next = Wire.u8(frame.address + at - 1);
        }
        return at;
    }

    /** RFC 4380: authentication and origin indications, then IPv6 with a Teredo or a link-local address. */
    private static void teredo(final Frame frame, final int offset, final int end) {
        int at = offset;
        if (end - at >= 4 && Wire.u16(frame.address + at) == 1) {
            at += 13 + Wire.u8(frame.address + at + 2) + Wire.u8(frame.address + at + 3);
        }
        if (end - at >= 8 && Wire.u16(frame.address + at) == 0) {
            at += 8;
        }
        if (!InnerCheck.ipv6(frame, at, end)) {
            return;
        }
        final long inner = frame.address + at;
        if ((isTeredo(inner + 8) || isTeredo(inner + 24))
            && (at == offset || Layering.push(frame, TEREDO, offset))) {
            TunnelEntry.enter(frame, TunnelType.TEREDO, EtherType.IPV6, at, end);
        }
    }

    /**
     * Anything in anything, draft-massar-v6ops-ayiya: lengths of identity (a power of two) and signature (in 32 bits),
     * operation 1 forwards, the protocol, a time stamp of four bytes, then identity, signature and the packet.
     */
    private static void ayiya(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8 || (Wire.u8(at + 2) & 0xf) != 1) {
            return;
        }
        final int data = offset + 8 + (1 << (Wire.u8(at) >>> 4)) + (Wire.u8(at + 1) >>> 4 << 2);
        final int type = switch (Wire.u8(at + 3)) {
            case 4 -> EtherType.IPV4;
            case 41 -> EtherType.IPV6;
            default -> 0;
        };
        if (TunnelEntry.checksOut(frame, type, data, end)) {
            TunnelEntry.enter(frame, TunnelType.AYIYA, type, data, end);
        }
    }

    /**
     * RFC 9300, 5.1, without keys. Bits that are reserved, or should not be set together, are no matter: a router that
     * takes what it should not would be given what is not looked into.
     */
    private static void lisp(final Frame frame, final int offset, final int end) {
        if (end - offset < 8) {
            return;
        }
        final long at = frame.address + offset;
        final int flags = Wire.u8(at);
        if ((flags & LISP_KEYS) != 0) {
            return;
        }
        final int type = TunnelEntry.ipType(frame, offset + 8, end);
        if (type != 0 && Layering.push(frame, LISP, offset)) {
            TunnelEntry.enter(frame, TunnelType.LISP, (flags & 8) != 0 ? Wire.u24(at + 4) : 0, type, offset + 8, end);
        }
    }

    private static boolean isTeredo(final long address) {
        return Wire.i32(address) == 0x2001_0000 || Wire.u16(address) == 0xfe80;
    }
}
