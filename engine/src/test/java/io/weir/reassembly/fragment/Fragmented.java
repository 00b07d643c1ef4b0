package io.weir.reassembly.fragment;

import io.weir.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts whole IP packets into fragments, as a router or an IPv6 sender would. */
public final class Fragmented {
    private Fragmented() {
    }

    /**
     * Cuts an IPv4 or IPv6 packet that begins with its IP header.
     *
     * @param size most bytes of data in each fragment, a multiple of 8
     */
    public static List<byte[]> packet(final byte[] packet, final int id, final int size) {
        final int header = headerLength(packet);
        final List<byte[]> fragments = new ArrayList<>();
        for (int offset = 0; offset < packet.length - header; offset += size) {
            final int end = Math.min(packet.length - header, offset + size);
            fragments.add(piece(packet, id, offset, end));
        }
        return fragments;
    }

    /** The fragment that holds the given bytes of a packet's data; the last one if it holds the last byte. */
    public static byte[] piece(final byte[] packet, final int id, final int offset, final int end) {
        final int header = headerLength(packet);
        final byte[] data = Arrays.copyOfRange(packet, header + offset, header + end);
        return piece(packet, id, offset, end < packet.length - header, data);
    }

    /** A fragment with the headers of a packet and data of its own. */
    public static byte[] piece(final byte[] packet, final int id, final int offset, final boolean more,
        final byte... data) {
        final int header = headerLength(packet);
        final boolean four = packet[0] >>> 4 == 4;
        final int added = four ? 0 : 8;
        final byte[] fragment = Arrays.copyOf(packet, header + added + data.length);
        System.arraycopy(data, 0, fragment, header + added, data.length);
        if (four) {
            put(fragment, 2, fragment.length);
            put(fragment, 4, id);
            put(fragment, 6, offset / 8 | (more ? 0x2000 : 0));
            put(fragment, 10, 0);
            put(fragment, 10, checksum(fragment, header));
        } else {
            put(fragment, 4, fragment.length - 40);
            fragment[header] = packet[6];
            fragment[header + 1] = 0;
            fragment[6] = 44;
            put(fragment, header + 2, offset | (more ? 1 : 0));
            put(fragment, header + 4, id >>> 16);
            put(fragment, header + 6, id);
        }
        return fragment;
    }

    /** An IP packet in an Ethernet frame. */
    public static byte[] ethernet(final byte[] packet) {
        return PacketBuilder.ethernet().etherType(packet[0] >>> 4 == 4 ? 0x0800 : 0x86dd).payload(packet).build();
    }

    /** Length of the IPv4 header with its options, or of the IPv6 header alone. */
    public static int headerLength(final byte[] packet) {
        return packet[0] >>> 4 == 4 ? (packet[0] & 0xf) * 4 : 40;
    }

    private static void put(final byte[] bytes, final int at, final int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static int checksum(final byte[] bytes, final int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
