package io.weir.rule.match;

import io.weir.flow.FlowProtocol;
import io.weir.packet.Frame;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import org.agrona.UnsafeApi;

/** Reads numbers of a frame; every place is checked against what was captured. */
final class PacketFacts {
    private static final int ICMP = 1;
    private static final int IGMP = 2;
    private static final int ICMPV6 = 58;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOTHING = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int TCP_HEADER = 20;
    private static final int IPV4_HEADER = 20;
    /** {@link #number}: the frame has none. */
    static final long NONE = -1;

    private PacketFacts() {
    }

    /** True if the frame has the number and it is accepted. */
    static boolean holds(final Frame frame, final PacketNumber number, final NumberSet numbers) {
        if (number == PacketNumber.VLAN_ID || number == PacketNumber.VLAN_EVERY_ID) {
            return VlanTags.hold(frame, numbers, number == PacketNumber.VLAN_EVERY_ID);
        }
        final long value = number(frame, number);
        return value != NONE && numbers.contains(value);
    }

    private static long number(final Frame frame, final PacketNumber number) {
        return switch (number) {
            case FRAME_LENGTH -> frame.wireLength;
            case VLAN_LAYERS -> VlanTags.count(frame);
            case TTL, TOS, IP_ID, IP_PROTOCOL, PAYLOAD_SIZE -> frame.ipVersion == 0 ? NONE : ip(frame, number);
            case TCP_SEQUENCE, TCP_ACKNOWLEDGEMENT, TCP_WINDOW, TCP_MSS, TCP_WSCALE ->
                isTcp(frame) ? tcp(frame, number) : NONE;
            case ICMP_TYPE, ICMP_CODE, ICMP_ID, ICMP_SEQUENCE, ICMPV6_MTU ->
                isIcmp(frame) ? icmp(frame, number) : NONE;
            case IGMP_TYPE -> isFirst(frame, IGMP) ? u8(frame, frame.transportOffset) : NONE;
            case VLAN_OUTER_ID -> VlanTags.id(frame, 0);
            case VLAN_INNER_ID -> VlanTags.id(frame, 1);
            case VLAN_THIRD_ID -> VlanTags.id(frame, 2);
            case VLAN_LAST_ID -> VlanTags.id(frame, VlanTags.count(frame) - 1);
            case VLAN_NEXT_TO_LAST_ID -> VlanTags.id(frame, VlanTags.count(frame) - 2);
            case VLAN_THIRD_FROM_LAST_ID -> VlanTags.id(frame, VlanTags.count(frame) - 3);
            case VLAN_ID, VLAN_EVERY_ID -> NONE;
        };
    }

    static boolean isTcp(final Frame frame) {
        return isFirst(frame, FlowProtocol.IP_TCP) && frame.payloadOffset - frame.transportOffset >= TCP_HEADER;
    }

    static boolean isFirst(final Frame frame, final int protocol) {
        return frame.ipVersion != 0 && frame.protocol == protocol && frame.fragmentOffset == 0;
    }

    private static boolean isIcmp(final Frame frame) {
        return isFirst(frame, frame.ipVersion == 4 ? ICMP : ICMPV6);
    }

    private static long ip(final Frame frame, final PacketNumber number) {
        return switch (number) {
            case TTL -> frame.ttl();
            case TOS -> frame.ipVersion == 4 ? u8(frame, frame.ipOffset + 1) : u16(frame, frame.ipOffset) >> 4 & 0xff;
            case IP_ID -> frame.ipVersion == 4 ? u16(frame, frame.ipOffset + 4) : NONE;
            case IP_PROTOCOL -> frame.protocol;
            default -> frame.payloadLength + frame.payloadMissing;
        };
    }

    private static long tcp(final Frame frame, final PacketNumber number) {
        return switch (number) {
            case TCP_SEQUENCE -> Integer.toUnsignedLong(frame.tcpSequence);
            case TCP_ACKNOWLEDGEMENT -> Integer.toUnsignedLong(frame.tcpAcknowledgement);
            case TCP_WINDOW -> frame.tcpWindow;
            case TCP_MSS -> tcpOption(frame, OPTION_MSS, 4);
            default -> tcpOption(frame, OPTION_WINDOW_SCALE, 3);
        };
    }

    private static long tcpOption(final Frame frame, final int wanted, final int length) {
        int at = frame.transportOffset + TCP_HEADER;
        while (at + 1 < frame.payloadOffset) {
            final long kind = u8(frame, at);
            if (kind == OPTION_END || kind < 0) {
                return NONE;
            }
            final long size = kind == OPTION_NOTHING ? 1 : u8(frame, at + 1);
            if (size < 1 || kind != OPTION_NOTHING && size < 2 || at + size > frame.payloadOffset) {
                return NONE;
            }
            if (kind == wanted && size == length) {
                return length == 4 ? u16(frame, at + 2) : u8(frame, at + 2);
            }
            at += (int) size;
        }
        return NONE;
    }

    private static long icmp(final Frame frame, final PacketNumber number) {
        final int type = frame.icmpType;
        return switch (number) {
            case ICMP_TYPE -> type;
            case ICMP_CODE -> frame.icmpCode;
            case ICMP_ID -> isQuery(frame, type) ? u16(frame, frame.transportOffset + 4) : NONE;
            case ICMP_SEQUENCE -> isQuery(frame, type) ? u16(frame, frame.transportOffset + 6) : NONE;
            default -> frame.ipVersion == 6 && type == 2 && u16(frame, frame.transportOffset + 4) >= 0
                ? u16(frame, frame.transportOffset + 4) << 16 | Math.max(0, u16(frame, frame.transportOffset + 6))
                : NONE;
        };
    }

    /** Echo, time stamp, information and address mask messages have an identifier and a number. */
    private static boolean isQuery(final Frame frame, final int type) {
        return frame.ipVersion == 4 ? type == 0 || type == 8 || type >= 13 && type <= 18 : type == 128 || type == 129;
    }

    /** True if the IPv4 header has an option with this type octet, or any if -1 is asked for. */
    static boolean hasIpOption(final Frame frame, final int wanted) {
        if (frame.ipVersion != 4) {
            return false;
        }
        final int end = frame.ipOffset + (int) (Math.max(0, u8(frame, frame.ipOffset)) & 0xf) * 4;
        int at = frame.ipOffset + IPV4_HEADER;
        while (at < end) {
            final long kind = u8(frame, at);
            if (kind < 0) {
                return false;
            }
            if (kind == wanted || wanted == -1) {
                return true;
            }
            if (kind == OPTION_END) {
                return false;
            }
            final long size = kind == OPTION_NOTHING ? 1 : u8(frame, at + 1);
            if (size < 1 || kind != OPTION_NOTHING && size < 2) {
                return false;
            }
            at += (int) size;
        }
        return false;
    }

    static long u8(final Frame frame, final int at) {
        return at >= 0 && at < frame.capturedLength ? UnsafeApi.getByte(frame.address + at) & 0xff : NONE;
    }

    static long u16(final Frame frame, final int at) {
        return at >= 0 && at + 1 < frame.capturedLength
            ? Short.reverseBytes(UnsafeApi.getShort(frame.address + at)) & 0xffff : NONE;
    }
}
