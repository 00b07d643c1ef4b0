package io.weir.protocol.asn1;

import io.weir.protocol.Bytes;

/** Lengths in ASN.1's basic encoding rules (X.690, 8.1.3), as far as protocols on the wire use them: up to 4 bytes. */
public final class Ber {
    private Ber() {
    }

    /** Bytes that the length field at that place takes: 1 to 5; 1 if it is not there yet. */
    public static int sizeOfLength(final Bytes bytes, final int at) {
        final int first = bytes.u8(at);
        return first > 0x80 && first <= 0x84 ? 1 + (first & 0x7f) : 1;
    }

    /** The length given at that place; -1 if it is indefinite, longer than 31 bits, or not all there. */
    public static long length(final Bytes bytes, final int at) {
        final int first = bytes.u8(at);
        if (first < 0x80) {
            return first;
        }
        final long value;
        switch (first) {
            case 0x81 -> {
                value = bytes.u8(at + 1);
            }
            case 0x82 -> {
                value = bytes.u16(at + 1);
            }
            case 0x83 -> {
                value = bytes.u24(at + 1);
            }
            case 0x84 -> {
                value = bytes.u32(at + 1);
            }
            default -> {
                value = -1;
            }
        }
        return value > Integer.MAX_VALUE ? -1 : value;
    }
}
