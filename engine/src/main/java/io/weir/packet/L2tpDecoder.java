package io.weir.packet;

/** L2TP version 2 (RFC 2661) over UDP and version 3 (RFC 3931) over UDP and IP. */
final class L2tpDecoder {
    private static final int L2TP = Layering.code(LayerType.L2TP);
    private static final int CONTROL = 0x8000;
    private static final int LENGTH = 0x4000;
    private static final int SEQUENCE = 0x0800;
    private static final int OFFSET = 0x0200;
    private static final int RESERVED = 0x34f0;
    /** Longest cookie and sublayer of version 3; both are agreed out of band. */
    private static final int MAX_HIDDEN = 12;

    private L2tpDecoder() {
    }

    static void overUdp(final Frame frame, final int offset, final int end) {
        if (end - offset < 8) {
            return;
        }
        final long at = frame.address + offset;
        final int bits = Wire.u16(at);
        if ((bits & 0xf) == 2 && (bits & RESERVED) == 0) {
            version2(frame, bits, offset, end);
        } else if (bits == 3 && Wire.u16(at + 2) == 0) {
            version3(frame, Wire.i32(at + 4), offset, offset + 8, end);
        }
    }

    static void overIp(final Frame frame, final int offset, final int end) {
        if (end - offset >= 4) {
            version3(frame, Wire.i32(frame.address + offset), offset, offset + 4, end);
        }
    }

    private static void version2(final Frame frame, final int bits, final int offset, final int end) {
        int at = offset + 2;
        int dataEnd = end;
        if ((bits & LENGTH) != 0) {
            final int length = Wire.u16(frame.address + at);
            if (length > end - offset + frame.payloadMissing) {
                return;
            }
            dataEnd = Math.min(end, offset + length);
            at += 2;
        }
        final int idAt = at;
        at += 4 + ((bits & SEQUENCE) != 0 ? 4 : 0);
        if (at > dataEnd) {
            return;
        }
        if ((bits & CONTROL) != 0) {
            // a control message always has length and sequence numbers
            if ((bits & LENGTH) != 0 && (bits & SEQUENCE) != 0) {
                Layering.push(frame, L2TP, offset);
            }
            return;
        }
        if ((bits & OFFSET) != 0) {
            if (dataEnd - at < 2) {
                return;
            }
            at += 2 + Wire.u16(frame.address + at);
        }
        if (PppDecoder.plausible(frame, at, dataEnd) && Layering.push(frame, L2TP, offset)) {
            TunnelEntry.enter(frame, TunnelType.L2TP, Wire.i32(frame.address + idAt), EtherType.PPP, at, dataEnd);
        }
    }

    /**
     * Nothing in a data message of version 3 tells the length of cookie and sublayer, so each is tried until an
     * Ethernet header makes sense.
     */
    private static void version3(final Frame frame, final int session, final int offset, final int data,
        final int end) {
        if (session == 0) {
            return;
        }
        for (int at = data; at <= data + MAX_HIDDEN; at += 4) {
            if (InnerCheck.ethernet(frame, at, end)) {
                if (Layering.push(frame, L2TP, offset)) {
                    TunnelEntry.enter(frame, TunnelType.L2TP, session, EtherType.BRIDGED, at, end);
                }
                return;
            }
        }
    }
}
