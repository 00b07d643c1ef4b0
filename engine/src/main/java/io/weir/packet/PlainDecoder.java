package io.weir.packet;

/**
 * The layout that most frames have, decoded in one piece: Ethernet, IPv4 without options, TCP or UDP outside of
 * tunnels, whole and without anything odd. What it takes comes out as from the decoders of the layers.
 */
final class PlainDecoder {
    private static final int IP = 14;
    private static final int TRANSPORT = IP + 20;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    /** EtherType, IP version and length of the IP header. */
    private static final int START = 0x0800_45;
    private static final int FRAGMENT = 0x3fff;

    private static final int ETHERNET_LAYER = Layering.code(LayerType.ETHERNET);
    private static final int IPV4_LAYER = Layering.code(LayerType.IPV4) | IP;
    private static final int TCP_LAYER = Layering.code(LayerType.TCP) | TRANSPORT;
    private static final int UDP_LAYER = Layering.code(LayerType.UDP) | TRANSPORT;

    private PlainDecoder() {
    }

    /** Decodes an Ethernet frame; false, with nothing set, if it is not plain. */
    static boolean decode(final Frame frame) {
        final long at = frame.address;
        if (frame.capturedLength < TRANSPORT + UDP_HEADER || Wire.i32(at + 12) >>> 8 != START
            || (Wire.u16(at + 20) & FRAGMENT) != 0 || (frame.flags & Frame.VLAN_STRIPPED) != 0) {
            return false;
        }
        final int end = IP + Wire.u16(at + 16);
        if (end > frame.capturedLength) {
            return false;
        }
        final int protocol = Wire.u8(at + 23);
        if (protocol == TransportDecoder.TCP) {
            if (end < TRANSPORT + TCP_HEADER) {
                return false;
            }
            final int payload = TRANSPORT + (Wire.u8(at + TRANSPORT + 12) >>> 4 << 2);
            if (payload < TRANSPORT + TCP_HEADER || payload > end) {
                return false;
            }
            Decoder.clear(frame);
            frame.tcpSequence = Wire.i32(at + TRANSPORT + 4);
            frame.tcpAcknowledgement = Wire.i32(at + TRANSPORT + 8);
            frame.tcpFlags = Wire.u8(at + TRANSPORT + 13);
            frame.tcpWindow = Wire.u16(at + TRANSPORT + 14);
            frame.layers[2] = TCP_LAYER;
            frame.payloadOffset = payload;
            frame.payloadLength = end - payload;
        } else if (protocol == TransportDecoder.UDP) {
            final int length = Wire.u16(at + TRANSPORT + 4);
            if (length < UDP_HEADER || TRANSPORT + length > end
                || UdpTunnelDecoder.isTunnelPort(Wire.u16(at + TRANSPORT), Wire.u16(at + TRANSPORT + 2))) {
                return false;
            }
            Decoder.clear(frame);
            frame.layers[2] = UDP_LAYER;
            frame.payloadOffset = TRANSPORT + UDP_HEADER;
            frame.payloadLength = length - UDP_HEADER;
        } else {
            return false;
        }
        rest(frame, at, protocol);
        return true;
    }

    private static void rest(final Frame frame, final long at, final int protocol) {
        frame.layers[0] = ETHERNET_LAYER;
        frame.layers[1] = IPV4_LAYER;
        frame.layerCount = 3;
        frame.ipVersion = 4;
        frame.ipOffset = IP;
        frame.protocol = protocol;
        frame.transportOffset = TRANSPORT;
        frame.ttl = Wire.u8(at + 22);
        // the order of the addresses, and between equal ones that of the ports, without a branch nobody can foresee
        final long source = Wire.u32(at + 26) << 16 | Wire.u16(at + TRANSPORT);
        final long destination = Wire.u32(at + 30) << 16 | Wire.u16(at + TRANSPORT + 2);
        final long lower = Math.min(source, destination);
        final long upper = source + destination - lower;
        frame.fromUpper = source > destination;
        frame.lowerLo = lower >>> 16;
        frame.upperLo = upper >>> 16;
        frame.lowerPort = (int) lower & 0xffff;
        frame.upperPort = (int) upper & 0xffff;
    }
}
