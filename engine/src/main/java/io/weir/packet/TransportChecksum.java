package io.weir.packet;

/**
 * Verifies the checksums of a decoded frame's innermost IP packet. Stateless, allocates nothing; reads every byte of
 * the packet, so it is called only where the answer matters.
 */
public final class TransportChecksum {
    private static final int PRESET = Frame.CHECKSUM_NOT_READY | Frame.SUPER_FRAME;

    private static final int IPV6_HEADER = 40;

    private TransportChecksum() {
    }

    /**
     * Judges the IPv4 header checksum; {@link ChecksumVerdict#NONE} for IPv6 and frames without IP. Offload leaves it
     * open only together with the lengths of a super-frame.
     */
    public static ChecksumVerdict verifyIpHeader(final Frame frame) {
        if (frame.ipVersion != 4) {
            return ChecksumVerdict.NONE;
        }
        if ((frame.flags & Frame.CHECKSUMS_RIGHT) != 0) {
            return ChecksumVerdict.OK;
        }
        final long at = frame.address + frame.ipOffset;
        if (Checksum.fold(Checksum.sum(at, (Wire.u8(at) & 0xf) << 2, 0)) == 0) {
            return ChecksumVerdict.OK;
        }
        return (frame.flags & Frame.SUPER_FRAME) != 0 ? ChecksumVerdict.UNKNOWN : ChecksumVerdict.WRONG;
    }

    /**
     * Judges the checksum of TCP, UDP, UDP-Lite, SCTP, ICMP or ICMPv6. Fragments, packets that were cut off and headers
     * that could not be decoded are {@link ChecksumVerdict#UNKNOWN}. The flags of the source speak of the outermost
     * transport header, so inside a tunnel "verified" says nothing, while "not ready" leaves both open.
     */
    public static ChecksumVerdict verify(final Frame frame) {
        if (frame.ipVersion == 0) {
            return ChecksumVerdict.NONE;
        }
        if ((frame.flags & Frame.CHECKSUMS_RIGHT) != 0) {
            return ChecksumVerdict.OK;
        }
        final boolean whole = frame.payloadMissing == 0 && !frame.moreFragments && frame.fragmentOffset == 0
            && frame.error == 0;
        return switch (frame.protocol) {
            case 6, 17, 136, 132, 1, 58 -> !whole || (frame.flags & PRESET) != 0 ? ChecksumVerdict.UNKNOWN
                : (frame.flags & Frame.CHECKSUM_VERIFIED) != 0 && frame.tunnels == 0 ? ChecksumVerdict.OK
                : compute(frame);
            default -> ChecksumVerdict.NONE;
        };
    }

    private static ChecksumVerdict compute(final Frame frame) {
        final long at = frame.address + frame.transportOffset;
        final int length = frame.payloadOffset + frame.payloadLength - frame.transportOffset;
        return switch (frame.protocol) {
            case 17 -> {
                if (Wire.u16(at + 6) == 0) {
                    // allowed in IPv4 and for tunnels in IPv6 (RFC 6935)
                    yield ChecksumVerdict.NONE;
                }
                yield internet(frame, at, length, length);
            }
            case 136 -> {
                final int coverage = Wire.u16(at + 4);
                yield coverage != 0 && (coverage < 8 || coverage > length) ? ChecksumVerdict.WRONG
                    : internet(frame, at, length, coverage == 0 ? length : coverage);
            }
            case 1 -> verdict(Checksum.fold(Checksum.sum(at, length, 0)) == 0);
            case 132 -> sctp(at, length);
            default -> internet(frame, at, length, length);
        };
    }

    private static ChecksumVerdict internet(final Frame frame, final long at, final int length, final int covered) {
        if (frame.ipVersion == 6 && frame.transportOffset - frame.ipOffset != IPV6_HEADER && hasRoutingHeader(frame)) {
            // the pseudo header holds the last address of the route, which need not be the one in the IP header
            return ChecksumVerdict.UNKNOWN;
        }
        final long ip = frame.address + frame.ipOffset;
        final long addresses = frame.ipVersion == 4 ? Checksum.sumWord(ip + 12) : Checksum.sum(ip + 8, 32, 0);
        final long pseudoHeader = Checksum.sumLengthAndProtocol(length, frame.protocol, addresses);
        return verdict(Checksum.fold(Checksum.sum(at, covered, pseudoHeader)) == 0);
    }

    private static boolean hasRoutingHeader(final Frame frame) {
        for (int i = frame.layerCount - 1; i >= 0; i--) {
            final LayerType type = LayerType.of(frame.layer(i));
            if (type == LayerType.IPV6_ROUTING || type == LayerType.IPV6) {
                return type == LayerType.IPV6_ROUTING;
            }
        }
        return false;
    }

    /** CRC32c over the packet with zeros in place of the checksum, which is stored low byte first. */
    private static ChecksumVerdict sctp(final long at, final int length) {
        int crc = Checksum.crc32c(at, 8, -1);
        crc = Checksum.crc32cZeros(4, crc);
        crc = Checksum.crc32c(at + 12, length - 12, crc);
        return verdict(~crc == Wire.i32Little(at + 8));
    }

    private static ChecksumVerdict verdict(final boolean right) {
        return right ? ChecksumVerdict.OK : ChecksumVerdict.WRONG;
    }
}
