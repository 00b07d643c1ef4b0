package io.weir.packet.header;

/** IEEE 802.11 header; what lies behind the first address exists in data and management frames only. */
public final class Dot11Header extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 10;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** 0 management, 1 control, 2 data. */
    public int type() {
        return u8(0) >>> 2 & 3;
    }

    /** Subtype. */
    public int subtype() {
        return u8(0) >>> 4;
    }

    /** Flags of the frame control field. */
    public int flags() {
        return u8(1);
    }

    /** Duration or association identifier. */
    public int durationId() {
        return u8(2) | u8(3) << 8;
    }

    /** True if the body is encrypted. */
    public boolean isProtected() {
        return (u8(1) & 0x40) != 0;
    }
}
