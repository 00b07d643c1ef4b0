package io.weir.packet.header;

/** SCTP common header, RFC 9260. */
public final class SctpHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 12;

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

    /** Verification tag. */
    public long verificationTag() {
        return u32(4);
    }

    /** CRC32c as it stands in the packet. */
    public long checksum() {
        return u32(8);
    }
}
