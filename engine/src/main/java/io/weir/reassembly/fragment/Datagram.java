package io.weir.reassembly.fragment;

import org.agrona.UnsafeApi;

/**
 * Layout of the record of an incomplete datagram in native memory, and access to it by its address.
 *
 * <p>The datagram's data lie in a {@link io.weir.reassembly.PieceStore} under the record's root, by their offset; the
 * IP header of the first fragment lies in front of them, at negative offsets.
 */
final class Datagram {
    static final int LENGTH = 128;

    // ---- key
    static final int LOWER_HI = 0;
    static final int LOWER_LO = 8;
    static final int UPPER_HI = 16;
    static final int UPPER_LO = 24;
    static final int IDENTITY = 32;
    static final int VLAN_AND_TUNNEL = 40;
    static final int TUNNELS = 48;

    // ---- place in the table: numbers of records
    static final int BUCKET = 52;
    static final int NEXT_IN_BUCKET = 56;
    static final int OLDER = 60;
    static final int NEWER = 64;

    // ---- state
    /** Root of the pieces. */
    static final int ROOT = 68;
    /** {@link io.weir.packet.Frame#timeNs} of the fragment that came first. */
    static final int START_NS = 72;
    /** Wire bytes of fragments that wait for their flow to be known. */
    static final int CARRIED_BYTES = 80;
    /** How many fragments wait for that. */
    static final int CARRIED_FRAMES = 88;
    /** Fragments taken. */
    static final int FRAGMENTS = 92;
    /** Bytes of data for which there is a copy. */
    static final int COVERED = 96;
    /** End of the data that came furthest. */
    static final int HIGHEST = 100;
    /** Length of the data once the last fragment is there, else 0. */
    static final int END = 104;
    /** The flags below. */
    static final int FLAGS = 108;

    // ---- what the first fragment told
    /** Length of the IP header with what belongs to each fragment. */
    static final int HEADER_LENGTH = 112;
    /** IPv6: offset in that header of the byte that tells what follows it. */
    static final int NEXT_HEADER_AT = 114;
    /** Ports in the order of addresses. */
    static final int LOWER_PORT = 116;
    static final int UPPER_PORT = 118;
    static final int PROTOCOL = 120;
    static final int ICMP_TYPE = 121;
    static final int ICMP_CODE = 122;
    /** IPv6: what follows the fragment header. */
    static final int NEXT_HEADER = 123;

    /** The first fragment is there. */
    static final int FIRST = 1;
    /** Its flow is known. */
    static final int FLOW = 1 << 1;
    /** In that flow, it was sent by the upper endpoint. */
    static final int FROM_UPPER = 1 << 2;
    /** The datagram is refused: what else comes of it is not taken. */
    static final int REFUSED = 1 << 3;
    /** The capture cut bytes of its fragments off. */
    static final int CUT = 1 << 4;
    /** Its transport checksum was left open by offload. */
    static final int CHECKSUM_NOT_READY = 1 << 5;

    private Datagram() {
    }

    static int get(final long record, final int field) {
        return UnsafeApi.getInt(record + field);
    }

    static void put(final long record, final int field, final int value) {
        UnsafeApi.putInt(record + field, value);
    }

    static long getLong(final long record, final int field) {
        return UnsafeApi.getLong(record + field);
    }

    static void putLong(final long record, final int field, final long value) {
        UnsafeApi.putLong(record + field, value);
    }

    static int getShort(final long record, final int field) {
        return UnsafeApi.getShort(record + field) & 0xffff;
    }

    static void putShort(final long record, final int field, final int value) {
        UnsafeApi.putShort(record + field, (short) value);
    }

    static int getByte(final long record, final int field) {
        return UnsafeApi.getByte(record + field) & 0xff;
    }

    static void putByte(final long record, final int field, final int value) {
        UnsafeApi.putByte(record + field, (byte) value);
    }

    static boolean is(final long record, final int flag) {
        return (get(record, FLAGS) & flag) != 0;
    }

    static void raise(final long record, final int flag) {
        put(record, FLAGS, get(record, FLAGS) | flag);
    }
}
