package io.weir.packet.header;

/** Geneve header, RFC 8926. */
public final class GeneveHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 8;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Version, 0. */
    public int version() {
        return u8(0) >>> 6;
    }

    /** Bytes of options. */
    public int optionsLength() {
        return (u8(0) & 0x3f) << 2;
    }

    /** Flags: 0x80 control packet, 0x40 critical options. */
    public int flags() {
        return u8(1) & 0xc0;
    }

    /** EtherType of the content. */
    public int protocolType() {
        return u16(2);
    }

    /** Virtual network identifier. */
    public int networkIdentifier() {
        return (int) (u32(4) >>> 8);
    }
}
