package io.weir.packet.header;

/** Ethernet II or IEEE 802.3 header. */
public final class EthernetHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 14;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Destination address in the lower 48 bits. */
    public long destination() {
        return (long) u16(0) << 32 | u32(2);
    }

    /** Source address in the lower 48 bits. */
    public long source() {
        return (long) u16(6) << 32 | u32(8);
    }

    /** EtherType, or the length of an IEEE 802.3 frame if it is at most 1500. */
    public int type() {
        return u16(12);
    }
}
