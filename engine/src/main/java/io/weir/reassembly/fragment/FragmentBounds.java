package io.weir.reassembly.fragment;

import io.weir.event.Anomaly;
import io.weir.packet.DecodeError;
import io.weir.packet.Frame;

/**
 * Which bytes of its datagram a fragment holds, and whether a host would take them. Holds one fragment at a time; owned
 * by one thread.
 */
final class FragmentBounds {
    /** Most bytes of an IPv4 packet, and of what follows an IPv6 header. */
    static final int LENGTH_MAX = 65_535;

    private static final int UNIT = 8;
    private static final int VLAN_TAG = 4;
    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;

    /** First byte. */
    int offset;
    /** First byte behind. */
    int end;
    /** Bytes that were captured, from the first on; what follows up to the end was cut off. */
    int captured;

    /**
     * Looks at a fragment.
     *
     * @return null, or what keeps it from being taken
     */
    Anomaly set(final Frame frame) {
        offset = frame.fragmentOffset;
        captured = frame.fragmentDataLength;
        long length = (long) captured + frame.fragmentDataMissing;
        final boolean four = frame.ipVersion == 4;
        if (frame.moreFragments && length % UNIT != 0) {
            if (!four) {
                // RFC 8200, section 4.5
                return Anomaly.IPV6_FRAGMENT_INVALID_LENGTH;
            }
            // Linux takes the whole units, BSD none
            length -= length % UNIT;
            captured = (int) Math.min(captured, length);
        }
        if (length == 0 || isDamaged(frame)) {
            return four ? Anomaly.IPV4_FRAGMENT_IGNORED : Anomaly.IPV6_FRAGMENT_IGNORED;
        }
        if (headerLength(frame) + offset + length > LENGTH_MAX) {
            return four ? Anomaly.IPV4_FRAGMENT_TOO_LARGE : Anomaly.IPV6_FRAGMENT_TOO_LARGE;
        }
        end = (int) (offset + length);
        return null;
    }

    /** What of the headers counts into the length of the datagram. */
    private static int headerLength(final Frame frame) {
        final int header = frame.fragmentDataOffset - frame.ipOffset;
        return frame.ipVersion == 4 ? header : header - IPV6_HEADER - FRAGMENT_HEADER;
    }

    /** True if IP announces more than there was on the wire: no capture cut it off, and no host takes it. */
    private static boolean isDamaged(final Frame frame) {
        final int stripped = (frame.flags & Frame.VLAN_STRIPPED) != 0 ? VLAN_TAG : 0;
        return frame.fragmentDataMissing > 0 && frame.datagramBlock == Frame.NO_BLOCK
            && frame.wireLength - stripped <= frame.capturedLength;
    }

    /** True for a first fragment that ends within its transport header, whatever the capture cut off. */
    static boolean isTiny(final Frame frame) {
        if (frame.fragmentOffset != 0) {
            return false;
        }
        final long announced = (long) frame.fragmentDataOffset + frame.fragmentDataLength + frame.fragmentDataMissing;
        return announced - frame.transportOffset < leastHeader(frame.protocol)
            || frame.fragmentDataMissing == 0 && isHeaderCut(DecodeError.of(frame.error));
    }

    private static int leastHeader(final int protocol) {
        return switch (protocol) {
            case 6 -> 20;
            case 33, 132 -> 12;
            case 1, 17, 136 -> 8;
            case 58 -> 4;
            default -> 0;
        };
    }

    private static boolean isHeaderCut(final DecodeError error) {
        return switch (error) {
            case TRUNCATED_TCP, TCP_OPTIONS_BEYOND_PACKET, TRUNCATED_UDP, TRUNCATED_SCTP, TRUNCATED_DCCP,
                TRUNCATED_ICMP, TRUNCATED_ICMPV6, TRUNCATED_AH, TRUNCATED_IPV6_EXTENSION -> true;
            default -> false;
        };
    }
}
