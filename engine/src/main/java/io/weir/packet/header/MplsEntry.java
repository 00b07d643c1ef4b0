package io.weir.packet.header;

/** One MPLS label stack entry, RFC 3032. */
public final class MplsEntry extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 4;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Label. */
    public int label() {
        return (int) (u32(0) >>> 12);
    }

    /** Traffic class, RFC 5462. */
    public int trafficClass() {
        return u8(2) >>> 1 & 7;
    }

    /** True in the last entry. */
    public boolean bottomOfStack() {
        return (u8(2) & 1) != 0;
    }

    /** Time to live. */
    public int timeToLive() {
        return u8(3);
    }
}
