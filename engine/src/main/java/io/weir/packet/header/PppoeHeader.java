package io.weir.packet.header;

/** PPPoE header, RFC 2516. */
public final class PppoeHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 6;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Version, 1. */
    public int version() {
        return u8(0) >>> 4;
    }

    /** Type, 1. */
    public int type() {
        return u8(0) & 0xf;
    }

    /** Code, 0 in session frames. */
    public int code() {
        return u8(1);
    }

    /** Session. */
    public int sessionId() {
        return u16(2);
    }

    /** Bytes behind this header. */
    public int length() {
        return u16(4);
    }
}
