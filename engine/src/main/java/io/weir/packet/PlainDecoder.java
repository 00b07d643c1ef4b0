package io.weir.packet;

/**
 * The layouts that most frames have, decoded in one piece: Ethernet, IPv4 without options or IPv6 without extension
 * headers, TCP or UDP outside of tunnels, whole and without anything odd. What it takes comes out as from the decoders
 * of the layers. A descriptor that held such a frame before is not cleared: what tells of odd things is 0 then.
 * Nothing here calls anything that is not inlined, and what is odd is asked for in few places, so that a loop over
 * frames keeps its registers.
 */
public final class PlainDecoder {
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
    /** Of flags and offset of a fragment, time to live and protocol: that it is a fragment. */
    private static final int FRAGMENT = 0x3fff << 16;
    /** {@link Frame#flags} of what is not decoded here. */
    private static final int OTHER = Frame.MARKS | Frame.VLAN_STRIPPED;

    private static final int ETHERNET_LAYER = Layering.code(LayerType.ETHERNET);
    private static final int IPV4_LAYER = Layering.code(LayerType.IPV4) | IP;
    private static final int IPV6_LAYER = Layering.code(LayerType.IPV6) | IP;
    private static final int TCP_LAYER = Layering.code(LayerType.TCP);
    private static final int UDP_LAYER = Layering.code(LayerType.UDP);

    private PlainDecoder() {
    }

    /** Decodes a frame; false, with everything yet to be cleared, if it is not plain. */
    static boolean decode(final Frame frame) {
        return ipv4(frame) || ipv6(frame);
    }

    /** Decodes a plain frame of IPv4; false, with everything yet to be cleared, if it is something else. */
    public static boolean ipv4(final Frame frame) {
        final long at = frame.address;
        if (!isEthernet(frame, BEHIND_IPV4) || Wire.i32(at + IP - 2) >>> 8 != IPV4) {
            return false;
        }
        final int end = IP + Wire.u16(at + IP + 2);
        final int middle = Wire.i32(at + IP + 6);
        if ((middle & FRAGMENT) != 0 || !transport(frame, middle & 0xff, BEHIND_IPV4, end)) {
            return false;
        }
        frame.ipVersion = 4;
        final int ports = Wire.i32(at + BEHIND_IPV4);
        // the order of the addresses, and between equal ones that of the ports, without a branch nobody can foresee
        final long source = Wire.u32(at + IP + 12) << 16 | ports >>> 16;
        final long destination = Wire.u32(at + IP + 16) << 16 | ports & 0xffff;
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

    /** Decodes a plain frame of IPv6; false, with everything yet to be cleared, if it is something else. */
    public static boolean ipv6(final Frame frame) {
        final long at = frame.address;
        if (!isEthernet(frame, BEHIND_IPV6) || Wire.i32(at + IP - 2) >>> 12 != IPV6) {
            return false;
        }
        final int length = Wire.u16(at + IP + 4);
        if (length == 0 || !transport(frame, Wire.u8(at + IP + 6), BEHIND_IPV6, BEHIND_IPV6 + length)) {
            return false;
        }
        frame.ipVersion = 6;
        Layering.addresses(frame, Wire.i64(at + IP + 8), Wire.i64(at + IP + 16), Wire.i64(at + IP + 24),
            Wire.i64(at + IP + 32));
        Layering.ports(frame, Wire.u16(at + BEHIND_IPV6), Wire.u16(at + BEHIND_IPV6 + 2));
        return true;
    }

    /** True for a frame of Ethernet that has room for TCP behind the IP header; what has not is not decoded here. */
    private static boolean isEthernet(final Frame frame, final int transport) {
        return frame.linkType == LinkType.ETHERNET && (frame.flags & OTHER) == 0
            && frame.capturedLength >= transport + TCP_HEADER;
    }

    /** Decodes what follows the IP header; false if it is not plain. */
    private static boolean transport(final Frame frame, final int protocol, final int offset, final int end) {
        if (frame.plain == 0) {
            Decoder.clear(frame);
            frame.layerCount = 3;
            frame.ipOffset = IP;
        }
        frame.protocol = protocol;
        frame.transportOffset = offset;
        if (protocol == TransportDecoder.TCP) {
            return tcp(frame, offset, end);
        }
        return protocol == TransportDecoder.UDP && udp(frame, offset, end);
    }

    private static boolean tcp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        final int header = Wire.u8(at + 12) >>> 2 & 0x3c;
        final int payload = end - offset - header;
        // all in one: what is wrong with one of them is negative
        if ((payload | header - TCP_HEADER | frame.capturedLength - end) < 0) {
            return false;
        }
        frame.tcpSequence = Wire.i32(at + 4);
        frame.tcpAcknowledgement = Wire.i32(at + 8);
        frame.tcpFlags = Wire.u8(at + 13);
        frame.tcpWindow = Wire.u16(at + 14);
        frame.payloadOffset = offset + header;
        frame.payloadLength = payload;
        frame.plain = offset == BEHIND_IPV4 ? Frame.PLAIN_TCP : Frame.PLAIN_TCP | Frame.PLAIN_IPV6;
        return true;
    }

    private static boolean udp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        final int length = Wire.u16(at + 4);
        final int payload = length - UDP_HEADER;
        if ((payload | end - offset - length | frame.capturedLength - end) < 0
            || UdpTunnelDecoder.isTunnelPort(Wire.u16(at), Wire.u16(at + 2))) {
            return false;
        }
        frame.tcpSequence = 0;
        frame.tcpAcknowledgement = 0;
        frame.tcpFlags = 0;
        frame.tcpWindow = 0;
        frame.payloadOffset = offset + UDP_HEADER;
        frame.payloadLength = payload;
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
