package io.weir.packet.header;

/** IPv4 header, RFC 791. */
public final class Ipv4Header extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 20;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Version, 4. */
    public int version() {
        return u8(0) >>> 4;
    }

    /** Bytes of the header with its options. */
    public int headerLength() {
        return (u8(0) & 0xf) << 2;
    }

    /** Differentiated services code point and congestion notification, RFC 2474 and 3168. */
    public int typeOfService() {
        return u8(1);
    }

    /** Bytes of header and data. */
    public int totalLength() {
        return u16(2);
    }

    /** Identification, common to all fragments of a packet. */
    public int identification() {
        return u16(4);
    }

    /** True if routers must not fragment the packet. */
    public boolean dontFragment() {
        return (u8(6) & 0x40) != 0;
    }

    /** True in every fragment but the last. */
    public boolean moreFragments() {
        return (u8(6) & 0x20) != 0;
    }

    /** Offset of the fragment in bytes. */
    public int fragmentOffset() {
        return (u16(6) & 0x1fff) << 3;
    }

    /** Time to live. */
    public int timeToLive() {
        return u8(8);
    }

    /** Protocol of the data. */
    public int protocol() {
        return u8(9);
    }

    /** Header checksum. */
    public int checksum() {
        return u16(10);
    }

    /** Source address. */
    public int source() {
        return i32(12);
    }

    /** Destination address. */
    public int destination() {
        return i32(16);
    }
}
