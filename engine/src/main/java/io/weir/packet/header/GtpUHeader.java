package io.weir.packet.header;

/** Mandatory part of a GTP-U version 1 header, 3GPP TS 29.281. */
public final class GtpUHeader extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 8;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Version, 1. */
    public int version() {
        return u8(0) >>> 5;
    }

    /** True if sequence number, N-PDU number and next extension type follow. */
    public boolean hasOptionalFields() {
        return (u8(0) & 7) != 0;
    }

    /** 255 for user packets. */
    public int messageType() {
        return u8(1);
    }

    /** Bytes behind the mandatory part. */
    public int length() {
        return u16(2);
    }

    /** Tunnel endpoint identifier. */
    public long tunnelEndpointIdentifier() {
        return u32(4);
    }
}
