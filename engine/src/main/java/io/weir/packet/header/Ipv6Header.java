package io.weir.packet.header;

/** IPv6 header, RFC 8200. */
public final class Ipv6Header extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 40;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Version, 6. */
    public int version() {
        return u8(0) >>> 4;
    }

    /** Traffic class. */
    public int trafficClass() {
        return u16(0) >>> 4 & 0xff;
    }

    /** Flow label. */
    public int flowLabel() {
        return (int) u32(0) & 0xf_ffff;
    }

    /** Bytes behind this header; 0 in jumbograms. */
    public int payloadLength() {
        return u16(4);
    }

    /** What follows: extension header or transport protocol. */
    public int nextHeader() {
        return u8(6);
    }

    /** Hop limit. */
    public int hopLimit() {
        return u8(7);
    }

    /** Upper half of the source address. */
    public long sourceHi() {
        return i64(8);
    }

    /** Lower half of the source address. */
    public long sourceLo() {
        return i64(16);
    }

    /** Upper half of the destination address. */
    public long destinationHi() {
        return i64(24);
    }

    /** Lower half of the destination address. */
    public long destinationLo() {
        return i64(32);
    }
}
