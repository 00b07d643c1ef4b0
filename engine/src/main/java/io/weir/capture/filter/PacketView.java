package io.weir.capture.filter;

import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * A frame as the Linux kernel shows it to a filter: the outermost VLAN tag of an Ethernet frame is not in the packet
 * but beside it, whether the source took it out or a file has it in place. For one thread.
 */
final class PacketView {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int MAC_BYTES = 12;
    private static final int TAG_BYTES = 4;
    private static final int ETHERNET_BYTES = 14;
    private static final int TAGGED_BYTES = 18;
    private static final int TPID_8021Q = 0x8100;
    private static final int TPID_8021AD = 0x88a8;
    private static final int MIN_ETHER_TYPE = 0x600;
    private static final int ETH_P_802_2 = 4;
    private static final int PACKET_BROADCAST = 1;
    private static final int PACKET_MULTICAST = 2;
    private static final int PACKET_OUTGOING = 4;
    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_NONE = 0xfffe;

    private long address;
    private int length;
    private int wireLength;
    /** Bytes of the frame left out behind the two addresses: 0 or 4. */
    private int gap;
    private int tag;
    private boolean tagged;
    private boolean ethernet;
    private Frame frame;

    /** Looks at another frame. */
    void wrap(final Frame next) {
        frame = next;
        address = next.address;
        length = next.capturedLength;
        wireLength = next.wireLength;
        gap = 0;
        tag = 0;
        tagged = (next.flags & Frame.VLAN_STRIPPED) != 0;
        ethernet = next.linkType == LinkType.ETHERNET;
        if (tagged) {
            tag = next.strippedVlan;
            wireLength -= TAG_BYTES;
        } else if (ethernet && length >= TAGGED_BYTES) {
            final int word = u32(address + MAC_BYTES);
            final int tpid = word >>> Short.SIZE;
            if (tpid == TPID_8021Q || tpid == TPID_8021AD) {
                tagged = true;
                tag = word;
                gap = TAG_BYTES;
                length -= TAG_BYTES;
                wireLength -= TAG_BYTES;
            }
        }
    }

    /** Bytes that are there. */
    int length() {
        return length;
    }

    /** Bytes that were on the wire. */
    int wireLength() {
        return wireLength;
    }

    /** Bytes of the frame to keep so that {@code kept} bytes of the packet are kept. */
    int frameBytes(final int kept) {
        return kept < MAC_BYTES || kept > Integer.MAX_VALUE - TAG_BYTES ? kept : kept + gap;
    }

    /** One byte; the caller has compared {@code offset} with {@link #length()}. */
    int octet(final int offset) {
        return UnsafeApi.getByte(address + offset + (offset >= MAC_BYTES ? gap : 0)) & 0xff;
    }

    /** Two bytes in network order; the caller has compared {@code offset + 2} with {@link #length()}. */
    int half(final int offset) {
        if (offset == MAC_BYTES - 1) {
            return octet(offset) << Byte.SIZE | octet(offset + 1);
        }
        final short value = UnsafeApi.getShort(address + offset + (offset >= MAC_BYTES ? gap : 0));
        return (LITTLE_ENDIAN ? Short.reverseBytes(value) : value) & 0xffff;
    }

    /** Four bytes in network order; the caller has compared {@code offset + 4} with {@link #length()}. */
    int word(final int offset) {
        if (offset > MAC_BYTES - Integer.BYTES && offset < MAC_BYTES) {
            return half(offset) << Short.SIZE | half(offset + 2);
        }
        return u32(address + offset + (offset >= MAC_BYTES ? gap : 0));
    }

    private static int u32(final long at) {
        final int value = UnsafeApi.getInt(at);
        return LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
    }

    /** Offset of the network header. */
    int networkOffset() {
        return ethernet ? ETHERNET_BYTES : 0;
    }

    /**
     * What lies beside the packet. The interface is the index in the trace; what only a running kernel knows (mark,
     * queue, hash, CPU) is 0.
     */
    int ancillary(final int offset) {
        return switch (offset) {
            case Instruction.AD_PROTOCOL -> protocol();
            case Instruction.AD_PKTTYPE -> packetType();
            case Instruction.AD_IFINDEX -> frame.interfaceId;
            case Instruction.AD_HATYPE -> ethernet ? ARPHRD_ETHER : ARPHRD_NONE;
            case Instruction.AD_VLAN_TAG -> tag & 0xffff;
            case Instruction.AD_VLAN_TAG_PRESENT -> tagged ? 1 : 0;
            case Instruction.AD_VLAN_TPID -> tag >>> Short.SIZE;
            default -> 0;
        };
    }

    private int protocol() {
        if (!ethernet) {
            return length == 0 ? 0 : octet(0) >>> 4 == 6 ? 0x86dd : 0x0800;
        }
        final int type = length < ETHERNET_BYTES ? 0 : half(MAC_BYTES);
        return type >= MIN_ETHER_TYPE ? type : ETH_P_802_2;
    }

    private int packetType() {
        if ((frame.flags & Frame.OUTGOING) != 0) {
            return PACKET_OUTGOING;
        }
        if (!ethernet || length < MAC_BYTES || (octet(0) & 1) == 0) {
            return 0;
        }
        return word(0) == -1 && half(4) == 0xffff ? PACKET_BROADCAST : PACKET_MULTICAST;
    }
}
