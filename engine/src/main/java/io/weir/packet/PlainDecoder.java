package io.weir.packet;

/**
 * The layouts that most frames have, decoded in one piece: Ethernet, IPv4 without options or IPv6 without extension
 * headers, TCP or UDP outside of tunnels, whole and without anything odd. What it takes comes out as from the decoders
 * of the layers. A descriptor that held such a frame before is not cleared: what tells of odd things is 0 then.
 * Nothing here calls anything that is not inlined, so that a loop over frames keeps its registers.
 */
final class PlainDecoder {
    private static final int IP = 14;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;

    /** Offset of the transport header behind IPv4. */
    private static final int BEHIND_IPV4 = IP + 20;
    /** Offset of the transport header behind IPv6. */
    private static final int BEHIND_IPV6 = IP + 40;
    /** EtherType, IP version and length of the IP header. */
    private static final int IPV4 = 0x0800_45;
    /** EtherType and IP version. */
    private static final int IPV6 = 0x86dd_6;
    private static final int FRAGMENT = 0x3fff;

    private static final int ETHERNET_LAYER = Layering.code(LayerType.ETHERNET);
    private static final int IPV4_LAYER = Layering.code(LayerType.IPV4) | IP;
    private static final int IPV6_LAYER = Layering.code(LayerType.IPV6) | IP;
    private static final int TCP_LAYER = Layering.code(LayerType.TCP);
    private static final int UDP_LAYER = Layering.code(LayerType.UDP);

    private PlainDecoder() {
    }

    /** Decodes an Ethernet frame; false, with everything yet to be cleared, if it is not plain. */
    static boolean decode(final Frame frame) {
        if (frame.plain == 0) {
            Decoder.clear(frame);
            frame.layerCount = 3;
            frame.ipOffset = IP;
        }
        if (frame.capturedLength < BEHIND_IPV4 + UDP_HEADER || (frame.flags & Frame.VLAN_STRIPPED) != 0) {
            return false;
        }
        // EtherType, and the first 6 bytes of the IP header
        final long start = Wire.i64(frame.address + IP - 2);
        return start >>> 40 == IPV4 ? ipv4(frame, start) : start >>> 44 == IPV6 && ipv6(frame, start);
    }

    private static boolean ipv4(final Frame frame, final long start) {
        final long at = frame.address;
        // fragment (16 bits), time to live (8), protocol (8), and more
        final long middle = Wire.i64(at + IP + 6);
        final int end = IP + ((int) (start >>> 16) & 0xffff);
        final int protocol = (int) (middle >>> 32) & 0xff;
        if ((middle >>> 48 & FRAGMENT) != 0 || end > frame.capturedLength
            || !transport(frame, protocol, BEHIND_IPV4, end)) {
            return false;
        }
        frame.ipVersion = 4;
        final long addresses = Wire.i64(at + IP + 12);
        final long ports = Wire.u32(at + BEHIND_IPV4);
        // the order of the addresses, and between equal ones that of the ports, without a branch nobody can foresee
        final long source = addresses >>> 16 & ~0xffffL | ports >>> 16;
        final long destination = (addresses & 0xffff_ffffL) << 16 | ports & 0xffff;
        final long ahead = source - destination;
        final long behind = ahead & ahead >> Long.SIZE - 1;
        final long lower = destination + behind;
        final long upper = source - behind;
        frame.fromUpper = ahead > 0;
        frame.lowerHi = 0;
        frame.lowerLo = lower >>> 16;
        frame.upperHi = 0;
        frame.upperLo = upper >>> 16;
        frame.lowerPort = (int) lower & 0xffff;
        frame.upperPort = (int) upper & 0xffff;
        return true;
    }

    private static boolean ipv6(final Frame frame, final long start) {
        final long at = frame.address;
        final int length = (int) start & 0xffff;
        final int end = BEHIND_IPV6 + length;
        if (length == 0 || end > frame.capturedLength
            || !transport(frame, Wire.u8(at + IP + 6), BEHIND_IPV6, end)) {
            return false;
        }
        frame.ipVersion = 6;
        Layering.addresses(frame, Wire.i64(at + IP + 8), Wire.i64(at + IP + 16), Wire.i64(at + IP + 24),
            Wire.i64(at + IP + 32));
        Layering.ports(frame, Wire.u16(at + BEHIND_IPV6), Wire.u16(at + BEHIND_IPV6 + 2));
        return true;
    }

    /** Decodes what follows the IP header; false if it is not plain. */
    private static boolean transport(final Frame frame, final int protocol, final int offset, final int end) {
        frame.protocol = protocol;
        frame.transportOffset = offset;
        if (protocol == TransportDecoder.TCP) {
            return tcp(frame, offset, end);
        }
        return protocol == TransportDecoder.UDP && udp(frame, offset, end);
    }

    private static boolean tcp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < TCP_HEADER) {
            return false;
        }
        // header length (4 bits), flags (8 of 12), window (16)
        final int control = Wire.i32(at + 12);
        final int header = control >>> 28 << 2;
        if (header < TCP_HEADER || header > end - offset) {
            return false;
        }
        final long positions = Wire.i64(at + 4);
        frame.tcpSequence = (int) (positions >>> 32);
        frame.tcpAcknowledgement = (int) positions;
        frame.tcpFlags = control >>> 16 & 0xff;
        frame.tcpWindow = control & 0xffff;
        frame.payloadOffset = offset + header;
        frame.payloadLength = end - offset - header;
        frame.plain = offset == BEHIND_IPV4 ? Frame.PLAIN_TCP : Frame.PLAIN_TCP | Frame.PLAIN_IPV6;
        return true;
    }

    private static boolean udp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < UDP_HEADER) {
            return false;
        }
        final int length = Wire.u16(at + 4);
        if (length < UDP_HEADER || length > end - offset
            || UdpTunnelDecoder.isTunnelPort(Wire.u16(at), Wire.u16(at + 2))) {
            return false;
        }
        frame.tcpSequence = 0;
        frame.tcpAcknowledgement = 0;
        frame.tcpFlags = 0;
        frame.tcpWindow = 0;
        frame.payloadOffset = offset + UDP_HEADER;
        frame.payloadLength = length - UDP_HEADER;
        frame.plain = offset == BEHIND_IPV4 ? Frame.PLAIN_UDP : Frame.PLAIN_UDP | Frame.PLAIN_IPV6;
        return true;
    }

    /**
     * A header of a plain frame, as {@link Frame#layer} tells it.
     *
     * @param plain its {@link Frame#plain}
     * @param layer 0 for Ethernet, 1 for IP, 2 for TCP or UDP
     */
    static int layer(final int plain, final int layer) {
        final boolean isIpv6 = (plain & Frame.PLAIN_IPV6) != 0;
        return switch (layer) {
            case 0 -> ETHERNET_LAYER;
            case 1 -> isIpv6 ? IPV6_LAYER : IPV4_LAYER;
            default -> ((plain & Frame.PLAIN_TCP) != 0 ? TCP_LAYER : UDP_LAYER) | (isIpv6 ? BEHIND_IPV6 : BEHIND_IPV4);
        };
    }
}
