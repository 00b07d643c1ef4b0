package io.weir.packet;

/** Rare link types: headers that a capturing system writes in front of a packet, and ARCnet. */
final class CaptureHeaderDecoder {
    private static final int ARCNET = Layering.code(LayerType.ARCNET);
    private static final int NFLOG = Layering.code(LayerType.NFLOG);
    private static final int PKTAP = Layering.code(LayerType.PKTAP);

    private static final int NFLOG_HEADER = 4;
    private static final int NFLOG_PACKET = 9;
    private static final int PKTAP_HEADER = 12;
    private static final int PKTAP_LEAST = 108;
    private static final int PKTAP_RECORD = 1;

    private CaptureHeaderDecoder() {
    }

    /**
     * Family, version 0, group; then values of length (with this header) and type in the order of the machine that
     * captured, each on a multiple of four bytes.
     */
    static void nflog(final Frame frame, final int offset, final int end) {
        final long address = frame.address;
        if (end - offset < NFLOG_HEADER) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Wire.u8(address + offset + 1) == 0 && Layering.push(frame, NFLOG, offset)) {
            int at = offset + NFLOG_HEADER;
            // the first value is a short one, so that the right order is the one in which its length is smaller
            final boolean little = end - at >= 4 && Wire.u16Little(address + at) < Wire.u16(address + at);
            while (end - at >= 4) {
                final int length = little ? Wire.u16Little(address + at) : Wire.u16(address + at);
                final int type = little ? Wire.u16Little(address + at + 2) : Wire.u16(address + at + 2);
                if (length < 4) {
                    break;
                }
                if (type == NFLOG_PACKET) {
                    packet(frame, Wire.u8(address + offset), at + 4, Math.min(end, at + length));
                    return;
                }
                at += length + 3 & ~3;
            }
            Layering.rest(frame, Math.min(at, end), end);
        } else {
            Layering.rest(frame, offset, end);
        }
    }

    private static void packet(final Frame frame, final int family, final int offset, final int end) {
        switch (family) {
            case 0, 2, 10 -> LinkDecoder.rawIp(frame, offset, end);
            default -> Layering.rest(frame, offset, end);
        }
    }

    /** Its own length, kind of record and the link type behind it, little-endian. */
    static void pktap(final Frame frame, final int linkType, final int offset, final int end) {
        if (end - offset < PKTAP_HEADER) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
            return;
        }
        final long at = frame.address + offset;
        final int header = Wire.i32Little(at);
        final int record = Wire.i32Little(at + 4);
        final int inner = Wire.i32Little(at + 8);
        final boolean fits = header >= PKTAP_LEAST && header <= end - offset && record == PKTAP_RECORD
            && inner != LinkType.PKTAP && inner != LinkType.USER_2;
        if (!fits && linkType == LinkType.USER_2) {
            LinkDecoder.unknown(frame, offset, end);
        } else if (!fits) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, PKTAP, offset)) {
            LinkDecoder.decode(frame, inner, offset + header, end);
        }
    }

    /**
     * Sender, receiver, on Linux an offset of two bytes, then what follows. RFC 1201: how the datagram is split and its
     * number, three bytes; RFC 1051: nothing of the kind. Split datagrams are not put together.
     */
    static void arcnet(final Frame frame, final int offset, final int end, final int typeAt) {
        if (end - offset < typeAt + 1) {
            Layering.fail(frame, DecodeError.TRUNCATED_LINK);
        } else if (Layering.push(frame, ARCNET, offset)) {
            final int old = offset + typeAt + 1;
            final int behind = Math.min(end, old + 3);
            final boolean whole = end > old && Wire.u8(frame.address + old) == 0;
            switch (Wire.u8(frame.address + offset + typeAt)) {
                case 0xf0 -> Ipv4Decoder.decode(frame, old, end);
                case 0xf1 -> EthernetDecoder.byType(frame, EtherType.ARP, old, end);
                case 0xd4 -> inner(frame, EtherType.IPV4, whole, behind, end);
                case 0xc4 -> inner(frame, EtherType.IPV6, whole, behind, end);
                case 0xd5 -> inner(frame, EtherType.ARP, whole, behind, end);
                default -> Layering.rest(frame, old, end);
            }
        }
    }

    private static void inner(final Frame frame, final int type, final boolean whole, final int offset,
        final int end) {
        if (whole) {
            EthernetDecoder.byType(frame, type, offset, end);
        } else {
            Layering.rest(frame, offset, end);
        }
    }
}
