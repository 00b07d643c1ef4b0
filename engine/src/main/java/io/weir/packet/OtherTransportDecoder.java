package io.weir.packet;

/** IP protocols other than TCP and UDP. */
final class OtherTransportDecoder {
    private static final int AH = Layering.code(LayerType.AH);

    private OtherTransportDecoder() {
    }

    static void decode(final Frame frame, final int protocol, final int offset, final int end) {
        switch (protocol) {
            case 1 -> icmp(frame, offset, end);
            case 58 -> icmpv6(frame, offset, end);
            case 33 -> withPorts(frame, LayerType.DCCP, offset, end, 12, DecodeError.TRUNCATED_DCCP);
            case 132 -> withPorts(frame, LayerType.SCTP, offset, end, 12, DecodeError.TRUNCATED_SCTP);
            case 136 -> withPorts(frame, LayerType.UDP_LITE, offset, end, 8, DecodeError.TRUNCATED_UDP);
            case 51 -> ah(frame, offset, end);
            case 2 -> plain(frame, LayerType.IGMP, offset, end, 8);
            case 50 -> esp(frame, offset, end);
            case 89 -> plain(frame, LayerType.OSPF, offset, end, 14);
            case 103 -> plain(frame, LayerType.PIM, offset, end, 4);
            case 112 -> plain(frame, LayerType.VRRP, offset, end, 8);
            case TransportDecoder.NO_NEXT_HEADER -> TransportDecoder.opaque(frame, protocol, offset, offset);
            case 4, 41, 47, 97, 115, 137 -> {
                TransportDecoder.opaque(frame, protocol, offset, end);
                // a fragment is whole only after reassembly; until then the flow is the outer one
                if (!frame.moreFragments) {
                    TunnelDecoder.decode(frame, protocol, offset, end);
                }
            }
            default -> TransportDecoder.opaque(frame, protocol, offset, end);
        }
    }

    private static void plain(final Frame frame, final LayerType type, final int offset, final int end,
        final int header) {
        TransportDecoder.opaque(frame, frame.protocol, offset, end);
        if (end - offset >= header) {
            Layering.push(frame, Layering.code(type), offset);
            frame.payloadOffset = offset + header;
            frame.payloadLength = end - offset - header;
        }
    }

    /** Encapsulating security payload, RFC 4303: the index of its parameters tells flows apart, as ports do. */
    private static void esp(final Frame frame, final int offset, final int end) {
        plain(frame, LayerType.ESP, offset, end, 8);
        if (end - offset >= 8) {
            Layering.ports(frame, Wire.u16(frame.address + offset), Wire.u16(frame.address + offset + 2));
        }
    }

    private static void withPorts(final Frame frame, final LayerType type, final int offset, final int end,
        final int header, final DecodeError error) {
        if (end - offset < header) {
            TransportDecoder.cutOff(frame, offset, end, header, error);
        } else {
            final long at = frame.address + offset;
            plain(frame, type, offset, end, header);
            Layering.ports(frame, Wire.u16(at), Wire.u16(at + 2));
        }
    }

    private static void icmp(final Frame frame, final int offset, final int end) {
        if (end - offset < 8) {
            TransportDecoder.cutOff(frame, offset, end, 8, DecodeError.TRUNCATED_ICMP);
            return;
        }
        icmpFields(frame, LayerType.ICMPV4, offset, end, 8);
        switch (frame.icmpType) {
            // echo, timestamp, information, address mask, extended echo: the identifier pairs request and reply
            case 0, 8, 13, 14, 15, 16, 17, 18, 42, 43 -> identifier(frame, offset);
            default -> {
            }
        }
        final int most = mostCode(frame.icmpType);
        if (frame.error == 0 && frame.icmpCode > most) {
            Layering.fail(frame, most < 0 ? DecodeError.UNKNOWN_ICMP_TYPE : DecodeError.UNKNOWN_ICMP_CODE);
        }
    }

    /** Highest code that is assigned for an ICMP type (IANA registry), -1 if the type is not assigned or given up. */
    private static int mostCode(final int type) {
        return switch (type) {
            case 3 -> 15;
            case 5 -> 3;
            case 9 -> 16;
            case 11 -> 1;
            case 12 -> 2;
            case 40 -> 5;
            case 43 -> 4;
            case 0, 4, 8, 10, 13, 14, 15, 16, 17, 18, 42 -> 0;
            default -> -1;
        };
    }

    private static void icmpv6(final Frame frame, final int offset, final int end) {
        if (end - offset < 4) {
            TransportDecoder.cutOff(frame, offset, end, 4, DecodeError.TRUNCATED_ICMPV6);
            return;
        }
        icmpFields(frame, LayerType.ICMPV6, offset, end, Math.min(8, end - offset));
        switch (frame.icmpType) {
            case 128, 129, 160, 161 -> {
                if (end - offset >= 8) {
                    identifier(frame, offset);
                }
            }
            default -> {
            }
        }
    }

    private static void icmpFields(final Frame frame, final LayerType type, final int offset, final int end,
        final int header) {
        plain(frame, type, offset, end, header);
        frame.icmpType = Wire.u8(frame.address + offset);
        frame.icmpCode = Wire.u8(frame.address + offset + 1);
    }

    private static void identifier(final Frame frame, final int offset) {
        final int id = Wire.u16(frame.address + offset + 4);
        Layering.ports(frame, id, id);
    }

    /** Authentication header in IPv4, RFC 4302: what follows is in the clear. */
    private static void ah(final Frame frame, final int offset, final int end) {
        TransportDecoder.opaque(frame, frame.protocol, offset, end);
        final long at = frame.address + offset;
        final int length = end - offset < 12 ? 12 : Wire.u8(at + 1) + 2 << 2;
        if (end - offset < length || length < 12) {
            Layering.fail(frame, DecodeError.TRUNCATED_AH);
        } else if (Layering.push(frame, AH, offset)) {
            TransportDecoder.decode(frame, Wire.u8(at), offset + length, end);
        }
    }
}
