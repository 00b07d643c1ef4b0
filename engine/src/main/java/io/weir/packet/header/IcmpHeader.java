package io.weir.packet.header;

/** Header of ICMP (RFC 792) and ICMPv6 (RFC 4443). */
public final class IcmpHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 4;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Type. */
    public int type() {
        return u8(0);
    }

    /** Code. */
    public int code() {
        return u8(1);
    }

    /** Checksum. */
    public int checksum() {
        return u16(2);
    }

    /** Identifier of a query; only if the header has at least 8 bytes. */
    public int identifier() {
        return u16(4);
    }

    /** Sequence number of a query; only if the header has at least 8 bytes. */
    public int sequenceNumber() {
        return u16(6);
    }
}
