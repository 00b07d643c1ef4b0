package io.weir.packet;

/** IEEE 802.11 and the radio headers that capture tools put in front of it. */
final class WirelessDecoder {
    private static final int RADIOTAP = Layering.code(LayerType.RADIOTAP);
    private static final int PPI = Layering.code(LayerType.PPI);
    private static final int PRISM = Layering.code(LayerType.PRISM);
    private static final int DOT11 = Layering.code(LayerType.DOT11);
    private static final int AMSDU = Layering.code(LayerType.DOT11_AMSDU);
    private static final int MORE_PRESENT = 0x8000_0000;
    private static final int AVS_MAGIC = 0x8021_1000;
    /** Radiotap flag: padding behind the 802.11 header aligns the body to four bytes. */
    private static final int DATA_PAD = 0x20;
    private static final int SHORTEST = 10;
    private static final int TYPE_DATA = 2;
    private static final int SUBTYPE_WITHOUT_DATA = 4;
    private static final int SUBTYPE_QOS = 8;
    private static final int TO_AND_FROM_DISTRIBUTION = 3;
    private static final int PROTECTED = 0x40;
    private static final int ORDER = 0x80;
    private static final int AMSDU_PRESENT = 0x80;

    private WirelessDecoder() {
    }

    /** Radiotap: little-endian, its length covers all fields; of these only the padding flag matters here. */
    static void radiotap(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8) {
            Layering.fail(frame, DecodeError.TRUNCATED_RADIO);
            return;
        }
        final int length = Wire.u16Little(at + 2);
        if (Wire.u8(at) != 0 || length < 8) {
            Layering.fail(frame, DecodeError.BAD_RADIO);
            Layering.rest(frame, offset, end);
        } else if (length > end - offset) {
            Layering.fail(frame, DecodeError.TRUNCATED_RADIO);
        } else if (Layering.push(frame, RADIOTAP, offset)) {
            dot11(frame, offset + length, end, (radiotapFlags(at, length) & DATA_PAD) != 0);
        }
    }

    private static int radiotapFlags(final long at, final int length) {
        int fields = 8;
        int present = Wire.i32Little(at + 4);
        final int first = present;
        while ((present & MORE_PRESENT) != 0 && length - fields >= 4) {
            present = Wire.i32Little(at + fields);
            fields += 4;
        }
        if ((first & 1) != 0) {
            // the time stamp is aligned to its eight bytes
            fields = (fields + 7 & ~7) + 8;
        }
        return (first & 2) != 0 && fields < length ? Wire.u8(at + fields) : 0;
    }

    /** Per-packet information: the length of its fields and the link type behind them, little-endian. */
    static void ppi(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        final int length = end - offset < 8 ? 0 : Wire.u16Little(at + 2);
        if (length < 8 || length > end - offset) {
            Layering.fail(frame, DecodeError.TRUNCATED_RADIO);
        } else if (Layering.push(frame, PPI, offset)) {
            LinkDecoder.decode(frame, Wire.i32Little(at + 4), offset + length, end);
        }
    }

    /** Prism header, in the byte order of the capturing machine, or the AVS header that took its place. */
    static void prism(final Frame frame, final int offset, final int end) {
        final long at = frame.address + offset;
        if (end - offset < 8) {
            Layering.fail(frame, DecodeError.TRUNCATED_RADIO);
            return;
        }
        final boolean avs = (Wire.i32(at) & 0xffff_f000) == AVS_MAGIC;
        final int stored = Wire.i32(at + 4);
        final int length = avs || stored >>> 16 == 0 ? stored : Integer.reverseBytes(stored);
        if (length < 8 || length > end - offset) {
            Layering.fail(frame, DecodeError.BAD_RADIO);
            Layering.rest(frame, offset, end);
        } else if (Layering.push(frame, PRISM, offset)) {
            dot11(frame, offset + length, end, false);
        }
    }

    static void dot11(final Frame frame, final int offset, final int end, final boolean padded) {
        final long at = frame.address + offset;
        if (end - offset < SHORTEST) {
            Layering.fail(frame, DecodeError.TRUNCATED_DOT11);
            return;
        }
        final int control = Wire.u8(at);
        final int flags = Wire.u8(at + 1);
        final int subtype = control >>> 4;
        if ((control >>> 2 & 3) != TYPE_DATA) {
            Layering.push(frame, DOT11, offset);
            Layering.rest(frame, offset + SHORTEST, end);
            return;
        }
        final boolean qos = (subtype & SUBTYPE_QOS) != 0;
        final int addresses = (flags & 3) == TO_AND_FROM_DISTRIBUTION ? 30 : 24;
        int header = addresses + (qos ? 2 : 0) + (qos && (flags & ORDER) != 0 ? 4 : 0);
        if (padded) {
            header = header + 3 & ~3;
        }
        if (end - offset < header) {
            Layering.fail(frame, DecodeError.TRUNCATED_DOT11);
        } else if (Layering.push(frame, DOT11, offset)) {
            final boolean laterFragment = (Wire.u16Little(at + 22) & 0xf) != 0;
            final boolean opaque = (subtype & SUBTYPE_WITHOUT_DATA) != 0 || (flags & PROTECTED) != 0 || laterFragment;
            if (opaque || (control & 3) != 0) {
                Layering.rest(frame, offset + header, end);
            } else if (qos && (Wire.u8(at + addresses) & AMSDU_PRESENT) != 0) {
                amsdu(frame, offset + header, end);
            } else {
                EthernetDecoder.llc(frame, offset + header, end);
            }
        }
    }

    /** An aggregate: the first subframe, which begins with two addresses and its length. */
    private static void amsdu(final Frame frame, final int offset, final int end) {
        if (end - offset < 14) {
            Layering.fail(frame, DecodeError.TRUNCATED_DOT11);
        } else if (Layering.push(frame, AMSDU, offset)) {
            final int length = Wire.u16(frame.address + offset + 12);
            EthernetDecoder.llc(frame, offset + 14, Math.min(end, offset + 14 + length));
        }
    }
}
