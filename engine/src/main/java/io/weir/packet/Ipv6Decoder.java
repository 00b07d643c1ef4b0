package io.weir.packet;

/** IPv6 and its extension headers, RFC 8200. */
final class Ipv6Decoder {
    private static final int IPV6 = Layering.code(LayerType.IPV6);
    private static final int FRAGMENT_HEADER = Layering.code(LayerType.IPV6_FRAGMENT);
    private static final int FRAGMENT = Layering.code(LayerType.FRAGMENT);
    private static final int AH = Layering.code(LayerType.AH);
    private static final int HEADER = 40;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    static final int FRAGMENTATION = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;
    private static final int MOBILITY = 135;
    private static final int HIP = 139;
    private static final int SHIM6 = 140;
    private static final int JUMBO = 0xc2;

    private Ipv6Decoder() {
    }

    static void decode(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < HEADER) {
            Layering.fail(frame, DecodeError.TRUNCATED_IPV6);
            return;
        }
        if (Wire.u8(at) >>> 4 != 6) {
            Layering.fail(frame, DecodeError.BAD_IPV6_VERSION);
            return;
        }
        if (!Layering.push(frame, IPV6, offset)) {
            return;
        }
        if (frame.tunnels != 0) {
            Layering.clearTransport(frame);
        }
        frame.ipVersion = 6;
        frame.ipOffset = offset;
        Layering.addresses(frame, Wire.i64(at + 8), Wire.i64(at + 16), Wire.i64(at + 24), Wire.i64(at + 32));
        final int next = Wire.u8(at + 6);
        final int packetEnd = packetEnd(frame, at, offset + HEADER, end, next);
        if (next == TransportDecoder.TCP || next == TransportDecoder.UDP) {
            TransportDecoder.decode(frame, next, offset + HEADER, packetEnd);
        } else {
            extensions(frame, next, offset + HEADER, packetEnd);
        }
    }

    private static int packetEnd(final Frame frame, final long at, final int data, final int end, final int next) {
        final int length = Wire.u16(at + 4);
        if (length == 0 && end > data) {
            return unannouncedEnd(frame, data, end, next);
        }
        final int announced = data + length;
        if (announced > end) {
            return Layering.cutShort(frame, announced - end, end, DecodeError.IPV6_LENGTH_BEYOND_FRAME);
        }
        return announced;
    }

    /** Length 0: nothing follows, or a jumbogram (RFC 2675), or a super-frame whose length offload left open. */
    private static int unannouncedEnd(final Frame frame, final int data, final int end, final int next) {
        if (next == TransportDecoder.NO_NEXT_HEADER) {
            return data;
        }
        final long at = frame.address + data;
        if (next == HOP_BY_HOP && end - data >= 8 && Wire.u16(at + 2) == (JUMBO << 8 | 4)) {
            final long announced = data + Wire.u32(at + 4);
            if (announced <= end) {
                return (int) announced;
            }
            return Layering.cutShort(frame, (int) Math.min(announced - end, Integer.MAX_VALUE), end,
                DecodeError.IPV6_LENGTH_BEYOND_FRAME);
        }
        Layering.missingBehind(frame, end);
        return end;
    }

    /** Follows the chain of extension headers, which the number of layers bounds, to the transport header. */
    private static void extensions(final Frame frame, final int first, final int offset, final int end) {
        int next = first;
        int at = offset;
        while (isExtension(next)) {
            if (end - at < 8) {
                TransportDecoder.opaque(frame, next, at, end);
                Layering.fail(frame, DecodeError.TRUNCATED_IPV6_EXTENSION);
                return;
            }
            final long address = frame.address + at;
            final int length = length(next, Wire.u8(address + 1));
            if (end - at < length || !Layering.push(frame, code(next), at)) {
                TransportDecoder.opaque(frame, next, at, end);
                Layering.fail(frame, end - at < length ? DecodeError.TRUNCATED_IPV6_EXTENSION
                    : DecodeError.TOO_MANY_LAYERS);
                return;
            }
            if (next == FRAGMENTATION && fragment(frame, address, at + 8, end)) {
                return;
            }
            next = Wire.u8(address);
            at += length;
        }
        TransportDecoder.decode(frame, next, at, end);
    }

    /**
     * True if what follows is not to be read: the fragment is not the first, so that its data begins with no header; or
     * a fragment lies in a first fragment, and its turn comes once the outer datagram is whole.
     */
    private static boolean fragment(final Frame frame, final long address, final int data, final int end) {
        if (frame.moreFragments) {
            TransportDecoder.opaque(frame, FRAGMENTATION, data - 8, end);
            return true;
        }
        final int field = Wire.u16(address + 2);
        frame.fragmentOffset = field & 0xfff8;
        frame.moreFragments = (field & 1) != 0;
        frame.fragmentId = Wire.i32(address + 4);
        Layering.fragmentData(frame, data, end);
        if (frame.fragmentOffset == 0) {
            return false;
        }
        TransportDecoder.opaque(frame, Wire.u8(address), data, end);
        Layering.push(frame, FRAGMENT, data);
        return true;
    }

    private static boolean isExtension(final int next) {
        return switch (next) {
            case HOP_BY_HOP, ROUTING, FRAGMENTATION, AUTHENTICATION, DESTINATION, MOBILITY, HIP, SHIM6 -> true;
            default -> false;
        };
    }

    private static int length(final int header, final int lengthField) {
        return switch (header) {
            case FRAGMENTATION -> 8;
            case AUTHENTICATION -> lengthField + 2 << 2;
            default -> lengthField + 1 << 3;
        };
    }

    private static int code(final int header) {
        return switch (header) {
            case HOP_BY_HOP -> Layering.code(LayerType.IPV6_HOP_BY_HOP);
            case ROUTING -> Layering.code(LayerType.IPV6_ROUTING);
            case FRAGMENTATION -> FRAGMENT_HEADER;
            case AUTHENTICATION -> AH;
            case DESTINATION -> Layering.code(LayerType.IPV6_DESTINATION);
            case MOBILITY -> Layering.code(LayerType.IPV6_MOBILITY);
            case HIP -> Layering.code(LayerType.HIP);
            default -> Layering.code(LayerType.SHIM6);
        };
    }
}
