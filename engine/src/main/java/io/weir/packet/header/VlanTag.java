package io.weir.packet.header;

/** IEEE 802.1Q or 802.1ad tag behind its EtherType. */
public final class VlanTag extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 4;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Priority code point. */
    public int priority() {
        return u8(0) >>> 5;
    }

    /** Drop eligible indicator. */
    public boolean dropEligible() {
        return (u8(0) & 0x10) != 0;
    }

    /** VLAN identifier. */
    public int id() {
        return u16(0) & 0xfff;
    }

    /** EtherType of what follows. */
    public int type() {
        return u16(2);
    }
}
