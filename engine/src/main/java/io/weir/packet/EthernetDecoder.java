package io.weir.packet;

/** Ethernet and what an EtherType announces. */
final class EthernetDecoder {
    /** Highest value that is a length (IEEE 802.3) and not an EtherType. */
    static final int MAX_LENGTH = 1500;

    private static final int ETHERNET = Layering.code(LayerType.ETHERNET);
    private static final int DOT1Q = Layering.code(LayerType.DOT1Q);
    private static final int MPLS = Layering.code(LayerType.MPLS);
    private static final int PSEUDO_WIRE = Layering.code(LayerType.PSEUDO_WIRE);
    private static final int PPPOE = Layering.code(LayerType.PPPOE);
    private static final int LLC = Layering.code(LayerType.LLC);
    private static final int SNAP = Layering.code(LayerType.SNAP);
    private static final int ARP = Layering.code(LayerType.ARP);
    private static final int HEADER = 14;

    private EthernetDecoder() {
    }

    static void decode(final Frame frame, final int offset, final int end) {
        if (end - offset < HEADER) {
            Layering.fail(frame, DecodeError.TRUNCATED_ETHERNET);
        } else if (Layering.push(frame, ETHERNET, offset)) {
            final int type = Wire.u16(frame.address + offset + 12);
            if (type == EtherType.IPV4) {
                Ipv4Decoder.decode(frame, offset + HEADER, end);
            } else {
                byType(frame, type, offset + HEADER, end);
            }
        }
    }

    /** Decodes what follows an EtherType, or a length in its place. */
    static void byType(final Frame frame, final int type, final int offset, final int end) {
        switch (type) {
            case EtherType.IPV4 -> Ipv4Decoder.decode(frame, offset, end);
            case EtherType.IPV6 -> Ipv6Decoder.decode(frame, offset, end);
            case EtherType.DOT1Q, EtherType.DOT1AD, EtherType.QINQ_9100, EtherType.QINQ_9200 ->
                vlan(frame, offset, end);
            case EtherType.ARP -> arp(frame, offset, end);
            case EtherType.MPLS_UNICAST, EtherType.MPLS_MULTICAST -> mpls(frame, offset, end);
            case EtherType.PPPOE_SESSION -> pppoe(frame, offset, end, true);
            case EtherType.PPPOE_DISCOVERY -> pppoe(frame, offset, end, false);
            case EtherType.PPP -> PppDecoder.decode(frame, offset, end);
            case EtherType.BRIDGED -> decode(frame, offset, end);
            case EtherType.FABRIC_PATH -> decode(frame, Math.min(end, offset + 2), end);
            case EtherType.NSH -> ServiceTagDecoder.nsh(frame, offset, end);
            case EtherType.ETAG -> ServiceTagDecoder.etag(frame, offset, end);
            case EtherType.VNTAG -> ServiceTagDecoder.vntag(frame, offset, end);
            case EtherType.CISCO_METADATA -> metadata(frame, offset, end);
            case EtherType.DOT11 -> WirelessDecoder.dot11(frame, offset, end, false);
            default -> {
                if (type <= MAX_LENGTH) {
                    llc(frame, offset, Math.min(end, offset + type));
                } else {
                    Layering.rest(frame, offset, end);
                }
            }
        }
    }

    private static void vlan(final Frame frame, final int offset, final int end) {
        if (end - offset < 4) {
            Layering.fail(frame, DecodeError.TRUNCATED_VLAN);
        } else if (Layering.push(frame, DOT1Q, offset)) {
            final int id = Wire.u16(frame.address + offset) & 0xfff;
            // 0 is no VLAN but a tag that carries the priority alone: IEEE 802.1Q, 9.6
            if (id != 0 && frame.tunnels == 0 && frame.vlanCount < 2) {
                frame.vlanIds |= frame.vlanCount == 0 ? id : id << 16;
                frame.vlanCount++;
            }
            byType(frame, Wire.u16(frame.address + offset + 2), offset + 4, end);
        }
    }

    /** Version, length in 32 bits, that many options, EtherType. No layer of its own: it says nothing of the hosts. */
    private static void metadata(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        final int header = end - offset < 2 ? 0 : 4 + 4 * Wire.u8(at + 1);
        if (header == 0 || end - offset < header || Wire.u8(at) != 1) {
            Layering.rest(frame, offset, end);
            return;
        }
        final int type = Wire.u16(at + header - 2);
        if (type == EtherType.CISCO_METADATA) {
            Layering.rest(frame, offset, end);
        } else {
            byType(frame, type, offset + header, end);
        }
    }

    private static void arp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8 || end - offset < 8 + 2 * (Wire.u8(at + 4) + Wire.u8(at + 5))) {
            Layering.fail(frame, DecodeError.TRUNCATED_ARP);
        } else {
            Layering.push(frame, ARP, offset);
        }
        Layering.rest(frame, offset, end);
    }

    /** LLC, RFC 1042. */
    static void llc(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 3) {
            Layering.fail(frame, DecodeError.TRUNCATED_LLC);
            return;
        }
        final int saps = Wire.u16(at);
        if (saps == 0xffff) {
            // Novell's IPX directly in 802.3: these are no service access points but an IPX checksum
            Layering.rest(frame, offset, end);
            return;
        }
        // unnumbered frames have one control byte, all others two
        final boolean unnumbered = (Wire.u8(at + 2) & 3) == 3;
        final int header = unnumbered ? 3 : 4;
        if (end - offset < header) {
            Layering.fail(frame, DecodeError.TRUNCATED_LLC);
        } else if (Layering.push(frame, LLC, offset)) {
            if ((saps & 0xfefe) == 0xaaaa && unnumbered) {
                snap(frame, offset + header, end);
            } else if (saps == 0x0606) {
                Ipv4Decoder.decode(frame, offset + header, end);
            } else {
                Layering.rest(frame, offset + header, end);
            }
        }
    }

    static void snap(final Frame frame, final int offset, final int end) {
        if (end - offset < 5) {
            Layering.fail(frame, DecodeError.TRUNCATED_LLC);
        } else if (Layering.push(frame, SNAP, offset)) {
            final int organisation = Wire.u24(frame.address + offset);
            final int type = Wire.u16(frame.address + offset + 3);
            // 0: EtherType. 0000f8: the same through bridges of the tunnel kind, IEEE 802.1H.
            if ((organisation == 0 || organisation == 0xf8) && type > MAX_LENGTH) {
                byType(frame, type, offset + 5, end);
            } else {
                Layering.rest(frame, offset + 5, end);
            }
        }
    }

    /** Label stack, RFC 3032. Nothing in it says what follows; the first nibble and the header behind it do. */
    static void mpls(final Frame frame, final int offset, final int end) {
        int at = offset;
        boolean bottom = false;
        while (!bottom) {
            if (end - at < 4) {
                Layering.fail(frame, DecodeError.TRUNCATED_MPLS);
                return;
            }
            if (!Layering.push(frame, MPLS, at)) {
                return;
            }
            bottom = (Wire.u8(frame.address + at + 2) & 1) != 0;
            at += 4;
        }
        if (InnerCheck.ipv4(frame, at, end)) {
            Ipv4Decoder.decode(frame, at, end);
        } else if (InnerCheck.ipv6(frame, at, end)) {
            Ipv6Decoder.decode(frame, at, end);
        } else if (end - at >= 4 && Wire.u8(frame.address + at) == 0 && InnerCheck.ethernet(frame, at + 4, end)) {
            if (Layering.push(frame, PSEUDO_WIRE, at)) {
                decode(frame, at + 4, end);
            }
        } else if (InnerCheck.ethernet(frame, at, end)) {
            decode(frame, at, end);
        } else {
            Layering.rest(frame, at, end);
        }
    }

    /** PPPoE, RFC 2516; its length excludes Ethernet padding. */
    static void pppoe(final Frame frame, final int offset, final int end, final boolean session) {
        final long at = frame.address + offset;
        if (end - offset < 6) {
            Layering.fail(frame, DecodeError.TRUNCATED_PPPOE);
        } else if (Wire.u8(at) != 0x11) {
            Layering.fail(frame, DecodeError.BAD_PPPOE);
        } else if (Layering.push(frame, PPPOE, offset)) {
            final int dataEnd = Math.min(end, offset + 6 + Wire.u16(at + 4));
            if (session && Wire.u8(at + 1) == 0) {
                PppDecoder.decode(frame, offset + 6, dataEnd);
            } else {
                Layering.rest(frame, offset + 6, dataEnd);
            }
        }
    }
}
