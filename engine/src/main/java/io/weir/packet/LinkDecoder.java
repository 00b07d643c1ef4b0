package io.weir.packet;

/** Link types other than Ethernet. */
final class LinkDecoder {
    private static final int LOOPBACK = Layering.code(LayerType.LOOPBACK);
    private static final int LINUX_SLL = Layering.code(LayerType.LINUX_SLL);
    private static final int LINUX_SLL2 = Layering.code(LayerType.LINUX_SLL2);
    private static final int FRAME_RELAY = Layering.code(LayerType.FRAME_RELAY);
    private static final int CISCO_HDLC = Layering.code(LayerType.CISCO_HDLC);

    private LinkDecoder() {
    }

    static void decode(final Frame frame, final int linkType, final int offset, final int end) {
        switch (linkType) {
            case LinkType.ETHERNET -> EthernetDecoder.decode(frame, offset, end);
            case LinkType.NULL, LinkType.LOOP -> loopback(frame, offset, end);
            case LinkType.RAW, LinkType.RAW_12, LinkType.RAW_14 -> rawIp(frame, offset, end);
            case LinkType.IPV4 -> Ipv4Decoder.decode(frame, offset, end);
            case LinkType.IPV6 -> Ipv6Decoder.decode(frame, offset, end);
            case LinkType.LINUX_SLL -> linuxSll(frame, offset, end);
            case LinkType.LINUX_SLL2 -> linuxSll2(frame, offset, end);
            case LinkType.PPP -> PppDecoder.decode(frame, offset, end);
            case LinkType.PPP_HDLC -> pppHdlc(frame, offset, end);
            case LinkType.PPP_ETHER -> EthernetDecoder.pppoe(frame, offset, end, true);
            case LinkType.C_HDLC -> ciscoHdlc(frame, offset, end);
            case LinkType.PPP_PPPD -> PppDecoder.decode(frame, end - offset < 2 ? end : offset + 2, end);
            case LinkType.IEEE802_11 -> WirelessDecoder.dot11(frame, offset, end, false);
            case LinkType.IEEE802_11_RADIOTAP -> WirelessDecoder.radiotap(frame, offset, end);
            case LinkType.IEEE802_11_PRISM, LinkType.IEEE802_11_AVS -> WirelessDecoder.prism(frame, offset, end);
            case LinkType.PPI -> WirelessDecoder.ppi(frame, offset, end);
            case LinkType.ARCNET_BSD -> CaptureHeaderDecoder.arcnet(frame, offset, end, 2);
            case LinkType.ARCNET_LINUX -> CaptureHeaderDecoder.arcnet(frame, offset, end, 4);
            case LinkType.NFLOG -> CaptureHeaderDecoder.nflog(frame, offset, end);
            case LinkType.PKTAP, LinkType.USER_2 -> CaptureHeaderDecoder.pktap(frame, linkType, offset, end);
            case LinkType.FRAME_RELAY -> frameRelay(frame, offset, end);
            default -> unknown(frame, offset, end);
        }
    }

    static void unknown(final Frame frame, final int offset, final int end) {
        Layering.fail(frame, DecodeError.UNKNOWN_LINK_TYPE);
        Layering.rest(frame, offset, end);
    }

    static void rawIp(final Frame frame, final int offset, final int end) {
        if (end - offset > 0 && Wire.u8(frame.address + offset) >>> 4 == 6) {
            Ipv6Decoder.decode(frame, offset, end);
        } else {
            Ipv4Decoder.decode(frame, offset, end);
        }
    }

    /** The address family is in the byte order of the machine that captured; no family needs more than two bytes. */
    private static void loopback(final Frame frame, final int offset, final int end) {
        if (end - offset < 4) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, LOOPBACK, offset)) {
            final int raw = Wire.i32(frame.address + offset);
            switch ((raw & 0xffff_0000) != 0 ? Integer.reverseBytes(raw) : raw) {
                case 2 -> Ipv4Decoder.decode(frame, offset + 4, end);
                // Linux; NetBSD, OpenBSD and BSD/OS; FreeBSD; macOS
                case 10, 24, 28, 30 -> Ipv6Decoder.decode(frame, offset + 4, end);
                default -> loopbackByType(frame, raw, offset + 4, end);
            }
        }
    }

    /** Some capture tools write an EtherType where the family is due. */
    private static void loopbackByType(final Frame frame, final int raw, final int offset, final int end) {
        final int type = raw & 0xffff;
        if (type > EthernetDecoder.MAX_LENGTH && TunnelEntry.checksOut(frame, type, offset, end)) {
            EthernetDecoder.byType(frame, type, offset, end);
        } else {
            Layering.rest(frame, offset, end);
        }
    }

    private static void linuxSll(final Frame frame, final int offset, final int end) {
        if (end - offset < 16) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, LINUX_SLL, offset)) {
            cooked(frame, Wire.u16(frame.address + offset + 14), offset + 16, end);
        }
    }

    private static void linuxSll2(final Frame frame, final int offset, final int end) {
        if (end - offset < 20) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, LINUX_SLL2, offset)) {
            cooked(frame, Wire.u16(frame.address + offset), offset + 20, end);
        }
    }

    /** Below the EtherTypes Linux has numbers of its own: 4 is LLC, 1 is IPX without LLC. */
    private static void cooked(final Frame frame, final int protocol, final int offset, final int end) {
        if (protocol > EthernetDecoder.MAX_LENGTH) {
            EthernetDecoder.byType(frame, protocol, offset, end);
        } else if (protocol == 4) {
            EthernetDecoder.llc(frame, offset, end);
        } else {
            Layering.rest(frame, offset, end);
        }
    }

    /** PPP in HDLC-like framing; the same link type carries Cisco HDLC, told apart by its address byte. */
    private static void pppHdlc(final Frame frame, final int offset, final int end) {
        final int address = end - offset < 1 ? 0 : Wire.u8(frame.address + offset);
        if (address == 0x0f || address == 0x8f) {
            ciscoHdlc(frame, offset, end);
        } else {
            PppDecoder.decode(frame, offset, end);
        }
    }

    /** An address of 2 to 4 bytes, then RFC 2427 (control byte 3 and a protocol identifier) or Cisco's EtherType. */
    private static void frameRelay(final Frame frame, final int offset, final int end) {
        int at = offset;
        while (at < offset + 3 && at < end && (Wire.u8(frame.address + at) & 1) == 0) {
            at++;
        }
        at++;
        if (end - at < 2) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, FRAME_RELAY, offset)) {
            if (Wire.u8(frame.address + at) != 3) {
                EthernetDecoder.byType(frame, Wire.u16(frame.address + at), at + 2, end);
                return;
            }
            at += 1;
            // a zero byte may align the identifier
            at += Wire.u8(frame.address + at) == 0 && end - at >= 2 ? 1 : 0;
            switch (Wire.u8(frame.address + at)) {
                case 0xcc -> Ipv4Decoder.decode(frame, at + 1, end);
                case 0x8e -> Ipv6Decoder.decode(frame, at + 1, end);
                case 0x80 -> EthernetDecoder.snap(frame, at + 1, end);
                default -> Layering.rest(frame, at + 1, end);
            }
        }
    }

    private static void ciscoHdlc(final Frame frame, final int offset, final int end) {
        if (end - offset < 4) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, CISCO_HDLC, offset)) {
            EthernetDecoder.byType(frame, Wire.u16(frame.address + offset + 2), offset + 4, end);
        }
    }
}
