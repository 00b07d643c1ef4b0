package io.weir.capture.file;

/** Numbers of the pcapng format (draft-ietf-opsawg-pcapng), shared by reader and writer. */
final class Pcapng {
    /** Section header block; the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;
    /** Interface description block. */
    static final int INTERFACE_DESCRIPTION = 1;
    /** Packet block, obsolete. */
    static final int PACKET = 2;
    /** Simple packet block. */
    static final int SIMPLE_PACKET = 3;
    /** Enhanced packet block. */
    static final int ENHANCED_PACKET = 6;

    /** Byte-order magic of a section header. */
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    /** Bytes of an enhanced packet block before the packet. */
    static final int ENHANCED_PACKET_HEADER = 28;
    /** Bytes of an empty block: type, length, length. */
    static final int EMPTY_BLOCK = 12;

    /** Option: end of options. */
    static final int OPT_END = 0;
    /** Option of an interface: its name. */
    static final int IF_NAME = 2;
    /** Option of an interface: resolution of its stamps. */
    static final int IF_TSRESOL = 9;
    /** Option of an interface: seconds to be added to its stamps. */
    static final int IF_TSOFFSET = 14;
    /** Option of a packet: flags. */
    static final int EPB_FLAGS = 2;

    /** Packet flags: both direction bits. */
    static final int FLAG_DIRECTION = 3;
    /** Packet flags: direction is outbound. */
    static final int FLAG_OUTBOUND = 2;
    /** Packet flags: the checksum is a partial sum that hardware would finish. */
    static final int FLAG_CHECKSUM_NOT_READY = 1 << 9;
    /** Packet flags: the checksum was verified. */
    static final int FLAG_CHECKSUM_VALID = 1 << 10;
    /** Packet flags: TCP segmentation was left to hardware. */
    static final int FLAG_SEGMENTATION_OFFLOADED = 1 << 11;

    private Pcapng() {
    }

    /** Rounds a length up to a multiple of four, as everything in pcapng is. */
    static int padded(final int length) {
        return length + 3 & ~3;
    }
}
