package io.weir.packet;

/** IPv4, RFC 791. */
final class Ipv4Decoder {
    private static final int IPV4 = Layering.code(LayerType.IPV4);
    private static final int FRAGMENT = Layering.code(LayerType.FRAGMENT);
    private static final int HEADER = 20;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1fff;

    private Ipv4Decoder() {
    }

    static void decode(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < HEADER) {
            Layering.fail(frame, DecodeError.TRUNCATED_IPV4);
            return;
        }
        final int first = Wire.u8(at);
        final int transport = offset + ((first & 0xf) << 2);
        if (first >>> 4 != 4 || transport - offset < HEADER || transport > end) {
            reject(frame, first, transport - offset);
            return;
        }
        if (!Layering.push(frame, IPV4, offset)) {
            return;
        }
        if (frame.tunnels != 0) {
            Layering.clearTransport(frame);
        }
        frame.ipVersion = 4;
        frame.ipOffset = offset;
        Layering.addresses(frame, 0, Wire.u32(at + 12), 0, Wire.u32(at + 16));
        final int packetEnd = packetEnd(frame, at, offset, transport, end);
        final int fragment = Wire.u16(at + 6) & (MORE_FRAGMENTS | OFFSET);
        if (fragment == 0) {
            TransportDecoder.decode(frame, Wire.u8(at + 9), transport, packetEnd);
        } else {
            fragment(frame, at, fragment, transport, packetEnd);
        }
    }

    /** Where the packet ends within the captured bytes; notes what the capture cut off. */
    private static int packetEnd(final Frame frame, final long at, final int offset, final int transport,
        final int end) {
        final int announced = offset + Wire.u16(at + 2);
        if (announced < transport) {
            return unusualLength(frame, announced - offset, transport, end);
        }
        if (announced > end) {
            return Layering.cutShort(frame, announced - end, end, DecodeError.IPV4_LENGTH_BEYOND_FRAME);
        }
        return announced;
    }

    private static int unusualLength(final Frame frame, final int totalLength, final int transport, final int end) {
        if (totalLength != 0) {
            Layering.fail(frame, DecodeError.BAD_IPV4_TOTAL_LENGTH);
            return transport;
        }
        // Segmentation offload leaves 0 in packets that are not cut yet or are longer than 65,535 bytes.
        Layering.missingBehind(frame, end);
        return end;
    }

    private static void fragment(final Frame frame, final long at, final int fragment, final int transport,
        final int packetEnd) {
        frame.fragmentId = Wire.u16(at + 4);
        frame.fragmentOffset = (fragment & OFFSET) << 3;
        frame.moreFragments = (fragment & MORE_FRAGMENTS) != 0;
        Layering.fragmentData(frame, transport, packetEnd);
        if (frame.fragmentOffset == 0) {
            TransportDecoder.decode(frame, Wire.u8(at + 9), transport, packetEnd);
        } else {
            TransportDecoder.opaque(frame, Wire.u8(at + 9), transport, packetEnd);
            Layering.push(frame, FRAGMENT, transport);
        }
    }

    private static void reject(final Frame frame, final int first, final int header) {
        Layering.fail(frame, first >>> 4 != 4 ? DecodeError.BAD_IPV4_VERSION
            : header < HEADER ? DecodeError.BAD_IPV4_HEADER_LENGTH : DecodeError.TRUNCATED_IPV4);
    }
}
