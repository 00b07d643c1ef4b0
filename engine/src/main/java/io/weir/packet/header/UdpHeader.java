package io.weir.packet.header;

/** UDP header, RFC 768, and that of UDP-Lite, RFC 3828. */
public final class UdpHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 8;

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

    /** Bytes of header and data; in UDP-Lite the bytes the checksum covers. */
    public int length() {
        return u16(4);
    }

    /** Checksum, 0 if there is none. */
    public int checksum() {
        return u16(6);
    }
}
