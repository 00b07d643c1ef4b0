package io.weir.packet;

/** What switches put between Ethernet and the packet to steer it: service headers and tags of port extenders. */
final class ServiceTagDecoder {
    private static final int NSH = Layering.code(LayerType.NSH);
    private static final int ETAG = Layering.code(LayerType.ETAG);
    private static final int VNTAG = Layering.code(LayerType.VNTAG);
    private static final int LEAST_NSH = 8;

    private ServiceTagDecoder() {
    }

    /** RFC 8300: version in 2 bits, length in words of 4 bytes in the lowest 6 of 16, and what follows. */
    static void nsh(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < LEAST_NSH) {
            Layering.fail(frame, DecodeError.TRUNCATED_NSH);
            return;
        }
        final int header = (Wire.u16(at) & 0x3f) << 2;
        if (Wire.u8(at) >>> 6 != 0 || header < LEAST_NSH) {
            Layering.fail(frame, DecodeError.BAD_NSH);
        } else if (header > end - offset) {
            Layering.fail(frame, DecodeError.TRUNCATED_NSH);
        } else if (Layering.push(frame, NSH, offset)) {
            final int data = offset + header;
            switch (Wire.u8(at + 3)) {
                case 1 -> EthernetDecoder.byType(frame, EtherType.IPV4, data, end);
                case 2 -> EthernetDecoder.byType(frame, EtherType.IPV6, data, end);
                case 3 -> EthernetDecoder.byType(frame, EtherType.BRIDGED, data, end);
                case 4 -> EthernetDecoder.byType(frame, EtherType.NSH, data, end);
                case 5 -> EthernetDecoder.byType(frame, EtherType.MPLS_UNICAST, data, end);
                default -> Layering.rest(frame, data, end);
            }
        }
    }

    /** IEEE 802.1BR: six bytes of tag, then an EtherType. */
    static void etag(final Frame frame, final int offset, final int end) {
        tag(frame, ETAG, 6, offset, end);
    }

    /** Four bytes of tag, then an EtherType. */
    static void vntag(final Frame frame, final int offset, final int end) {
        tag(frame, VNTAG, 4, offset, end);
    }

    private static void tag(final Frame frame, final int code, final int length, final int offset, final int end) {
        final int data = offset + length + 2;
        if (data > end) {
            Layering.fail(frame, DecodeError.TRUNCATED_PORT_TAG);
        } else if (Layering.push(frame, code, offset)) {
            EthernetDecoder.byType(frame, Wire.u16(frame.address + data - 2), data, end);
        }
    }
}
