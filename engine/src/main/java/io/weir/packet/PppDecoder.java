package io.weir.packet;

/** PPP, RFC 1661, with framing bytes (RFC 1662) and protocol field compression. */
final class PppDecoder {
    private static final int PPP = Layering.code(LayerType.PPP);
    private static final int IPV4 = 0x21;
    private static final int IPV6 = 0x57;
    private static final int MPLS_UNICAST = 0x281;
    private static final int MPLS_MULTICAST = 0x283;

    private PppDecoder() {
    }

    static void decode(final Frame frame, final int offset, final int end) {
        final int protocolAt = protocolOffset(frame, offset, end);
        if (protocolAt < 0) {
            Layering.fail(frame, DecodeError.TRUNCATED_PPP);
            Layering.rest(frame, offset, end);
        } else if (Layering.push(frame, PPP, offset)) {
            final int data = protocolAt + protocolLength(frame, protocolAt);
            switch (protocol(frame, protocolAt)) {
                case IPV4 -> Ipv4Decoder.decode(frame, data, end);
                case IPV6 -> Ipv6Decoder.decode(frame, data, end);
                case MPLS_UNICAST, MPLS_MULTICAST -> EthernetDecoder.mpls(frame, data, end);
                default -> Layering.rest(frame, data, end);
            }
        }
    }

    /** True if the bytes begin with a PPP header that is known to occur inside tunnels. */
    static boolean plausible(final Frame frame, final int offset, final int end) {
        final int protocolAt = protocolOffset(frame, offset, end);
        if (protocolAt < 0) {
            return false;
        }
        final int data = protocolAt + protocolLength(frame, protocolAt);
        return switch (protocol(frame, protocolAt)) {
            case IPV4 -> InnerCheck.ipv4(frame, data, end);
            case IPV6 -> InnerCheck.ipv6(frame, data, end);
            // link and network control protocols, authentication, multilink, compression and encryption
            case 0x3d, 0xfd, 0x8021, 0x8057, 0x80fd, 0xc021, 0xc023, 0xc025, 0xc223, 0xc227 -> true;
            default -> false;
        };
    }

    /** Where the protocol field lies, behind framing bytes if there are any; below 0 if it is cut off. */
    private static int protocolOffset(final Frame frame, final int offset, final int end) {
        int at = offset;
        if (end - at >= 2 && Wire.u16(frame.address + at) == 0xff03) {
            at += 2;
        }
        return end - at >= 1 && end - at >= protocolLength(frame, at) ? at : -1;
    }

    /** An odd first byte is a whole, compressed, protocol number. */
    private static int protocolLength(final Frame frame, final int at) {
        return (Wire.u8(frame.address + at) & 1) != 0 ? 1 : 2;
    }

    private static int protocol(final Frame frame, final int at) {
        return protocolLength(frame, at) == 1 ? Wire.u8(frame.address + at) : Wire.u16(frame.address + at);
    }
}
