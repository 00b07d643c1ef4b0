package io.weir.packet.header;

/** VXLAN header, RFC 7348. */
public final class VxlanHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 8;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Flags. */
    public int flags() {
        return u8(0);
    }

    /** VXLAN network identifier. */
    public int networkIdentifier() {
        return (int) (u32(4) >>> 8);
    }
}
