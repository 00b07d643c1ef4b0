package io.weir.packet;

/**
 * SCTP behind a UDP header, as NATs want it (RFC 6951). The flow is SCTP's own, between its ports, as it is without
 * UDP; hosts may change between both.
 */
final class SctpInUdp {
    private static final int SCTP = 132;
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 4;

    private SctpInUdp() {
    }

    /** Goes on with SCTP if its chunks fill the datagram; else the flow stays UDP's. */
    static void decode(final Frame frame, final int offset, final int end) {
        if (isSctp(frame, offset, end)) {
            TransportDecoder.decode(frame, SCTP, offset, end);
        }
    }

    /** Ports, and chunks of types that are assigned (RFC 9260, 3.2), each padded to four bytes but the last. */
    private static boolean isSctp(final Frame frame, final int offset, final int end) {
        final long base = frame.address;
        if (end - offset < HEADER + CHUNK_HEADER || Wire.u16(base + offset) == 0 || Wire.u16(base + offset + 2) == 0) {
            return false;
        }
        int at = offset + HEADER;
        while (end - at >= CHUNK_HEADER) {
            final int type = Wire.u8(base + at);
            final int length = Wire.u16(base + at + 2);
            // of the two bits above, one says to skip and one to report types that are not known
            if (length < CHUNK_HEADER || at + length > end + frame.payloadMissing
                || (type & 0x3f) > 0x0f) {
                return false;
            }
            at += length + 3 & ~3;
        }
        return at >= end || frame.payloadMissing > 0;
    }
}
