package io.weir.packet;

/** What an IP protocol number announces: TCP and UDP here, the rest in classes of its own. */
final class TransportDecoder {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int NO_NEXT_HEADER = 59;

    private static final int TCP_LAYER = Layering.code(LayerType.TCP);
    private static final int UDP_LAYER = Layering.code(LayerType.UDP);
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;

    private TransportDecoder() {
    }

    static void decode(final Frame frame, final int protocol, final int offset, final int end) {
        frame.protocol = protocol;
        frame.transportOffset = offset;
        if (protocol == TCP) {
            tcp(frame, offset, end);
        } else if (protocol == UDP) {
            udp(frame, offset, end);
        } else {
            OtherTransportDecoder.decode(frame, protocol, offset, end);
        }
    }

    /** A packet whose content has no header that is known or fit to be read. */
    static void opaque(final Frame frame, final int protocol, final int offset, final int end) {
        frame.protocol = protocol;
        frame.transportOffset = offset;
        frame.payloadOffset = offset;
        frame.payloadLength = Math.max(0, end - offset);
    }

    private static void tcp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < TCP_HEADER) {
            cutOff(frame, offset, end, tcpHeader(at, end - offset), DecodeError.TRUNCATED_TCP);
            return;
        }
        final int payload = offset + (Wire.u8(at + 12) >>> 4 << 2);
        if (payload - offset < TCP_HEADER || payload > end) {
            damagedTcp(frame, offset, payload, end);
            return;
        }
        Layering.push(frame, TCP_LAYER, offset);
        tcpFields(frame, at);
        frame.payloadOffset = payload;
        frame.payloadLength = end - payload;
    }

    /** Length of a header of which only the first bytes are there. */
    private static int tcpHeader(final long at, final int captured) {
        return captured > 12 ? Math.max(TCP_HEADER, Wire.u8(at + 12) >>> 4 << 2) : TCP_HEADER;
    }

    private static void tcpFields(final Frame frame, final long at) {
        Layering.ports(frame, Wire.u16(at), Wire.u16(at + 2));
        frame.tcpSequence = Wire.i32(at + 4);
        frame.tcpAcknowledgement = Wire.i32(at + 8);
        frame.tcpFlags = Wire.u8(at + 13);
        frame.tcpWindow = Wire.u16(at + 14);
    }

    private static void damagedTcp(final Frame frame, final int offset, final int payload, final int end) {
        if (payload - offset < TCP_HEADER) {
            opaque(frame, TCP, offset, end);
            Layering.fail(frame, DecodeError.BAD_TCP_DATA_OFFSET);
        } else if (frame.payloadMissing >= payload - end) {
            // the capture cut the options: the fixed part is whole and good
            tcpFields(frame, frame.address + offset);
            frame.payloadMissing -= payload - end;
            frame.payloadOffset = end;
            frame.payloadLength = 0;
            if (Layering.push(frame, TCP_LAYER, offset)) {
                Layering.fail(frame, DecodeError.TRUNCATED_TCP);
            }
        } else {
            opaque(frame, TCP, offset, end);
            Layering.fail(frame, DecodeError.TCP_OPTIONS_BEYOND_PACKET);
        }
    }

    private static void udp(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < UDP_HEADER) {
            cutOff(frame, offset, end, UDP_HEADER, DecodeError.TRUNCATED_UDP);
            return;
        }
        final int datagramEnd = offset + Wire.u16(at + 4);
        if (datagramEnd - offset < UDP_HEADER || datagramEnd > end) {
            unusualUdp(frame, offset, datagramEnd, end);
        } else {
            udpFields(frame, at, offset, datagramEnd);
            // what IP announces behind the datagram is not its data, so nothing of it is missing
            frame.payloadMissing = 0;
            tunnel(frame, at, offset + UDP_HEADER, datagramEnd);
        }
    }

    private static void tunnel(final Frame frame, final long at, final int payload, final int end) {
        final int source = Wire.u16(at);
        final int destination = Wire.u16(at + 2);
        // a fragment is whole only after reassembly; until then the flow is the outer one
        if (UdpTunnelDecoder.isTunnelPort(source, destination) && !frame.moreFragments) {
            UdpTunnelDecoder.decode(frame, source, destination, payload, end);
        }
    }

    private static void udpFields(final Frame frame, final long at, final int offset, final int end) {
        Layering.push(frame, UDP_LAYER, offset);
        Layering.ports(frame, Wire.u16(at), Wire.u16(at + 2));
        frame.payloadOffset = offset + UDP_HEADER;
        frame.payloadLength = end - offset - UDP_HEADER;
    }

    /** A length that does not end within the captured packet: cut off, left open by offload, a jumbogram, or damage. */
    private static void unusualUdp(final Frame frame, final int offset, final int datagramEnd, final int end) {
        final int length = datagramEnd - offset;
        final boolean partial = frame.moreFragments || (frame.flags & Frame.SUPER_FRAME) != 0;
        if (length == 0 && (partial || end - offset > 0xffff)
            || length > end - offset && (partial || frame.payloadMissing >= datagramEnd - end)) {
            if (length != 0 && !partial) {
                frame.payloadMissing = datagramEnd - end;
            }
            udpFields(frame, frame.address + offset, offset, end);
            tunnel(frame, frame.address + offset, offset + UDP_HEADER, end);
        } else {
            opaque(frame, UDP, offset, end);
            Layering.fail(frame, length < UDP_HEADER ? DecodeError.BAD_UDP_LENGTH
                : DecodeError.UDP_LENGTH_BEYOND_PACKET);
        }
    }

    /**
     * A header that ends too early. If the capture cut it, and not damage, the ports in front of the cut are good and
     * keep the frame in its flow, and what is there of the header is no payload.
     *
     * @param header length the header has at least
     */
    static void cutOff(final Frame frame, final int offset, final int end, final int header,
        final DecodeError error) {
        opaque(frame, frame.protocol, offset, end);
        final int headerMissing = header - (end - offset);
        if (frame.payloadMissing >= headerMissing) {
            if (end - offset >= 4 && error != DecodeError.TRUNCATED_ICMP
                && error != DecodeError.TRUNCATED_ICMPV6) {
                Layering.ports(frame, Wire.u16(frame.address + offset), Wire.u16(frame.address + offset + 2));
            }
            frame.payloadOffset = end;
            frame.payloadLength = 0;
            frame.payloadMissing -= headerMissing;
        }
        if (frame.error == 0) {
            Layering.fail(frame, error);
        }
    }
}
