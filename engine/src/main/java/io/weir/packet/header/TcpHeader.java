package io.weir.packet.header;

/** TCP header, RFC 9293. */
public final class TcpHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 20;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Source port. */
    public int sourcePort() {
        return u16(0);
    }

    /** Destination port. */
    public int destinationPort() {
        return u16(2);
    }

    /** Sequence number. */
    public long sequenceNumber() {
        return u32(4);
    }

    /** Acknowledgment number. */
    public long acknowledgmentNumber() {
        return u32(8);
    }

    /** Bytes of the header with its options. */
    public int headerLength() {
        return u8(12) >>> 4 << 2;
    }

    /** Flags, see {@link io.weir.packet.TcpFlags}. */
    public int flags() {
        return u8(13);
    }

    /** Window, unscaled. */
    public int window() {
        return u16(14);
    }

    /** Checksum. */
    public int checksum() {
        return u16(16);
    }

    /** Urgent pointer. */
    public int urgentPointer() {
        return u16(18);
    }
}
