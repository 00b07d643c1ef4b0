package io.weir.packet.header;

/** GRE header, RFC 2784, 2890 and 2637. */
public final class GreHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 4;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Checksum present. */
    public boolean hasChecksum() {
        return (u8(0) & 0x80) != 0;
    }

    /** Source routes present, RFC 1701. */
    public boolean hasRouting() {
        return (u8(0) & 0x40) != 0;
    }

    /** Key present. */
    public boolean hasKey() {
        return (u8(0) & 0x20) != 0;
    }

    /** Sequence number present. */
    public boolean hasSequenceNumber() {
        return (u8(0) & 0x10) != 0;
    }

    /** 0, or 1 for PPTP. */
    public int version() {
        return u8(1) & 7;
    }

    /** EtherType of the content. */
    public int protocolType() {
        return u16(2);
    }

    /** Offset of the key, if there is one. */
    public int keyOffset() {
        return hasChecksum() || hasRouting() ? 8 : 4;
    }
}
