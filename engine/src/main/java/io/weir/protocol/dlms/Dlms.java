package io.weir.protocol.dlms;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * DLMS/COSEM (IEC 62056): HDLC frames between 0x7E, with a checked header, or the wrapper of IEC 62056-47 in front
 * of a COSEM message.
 */
public final class Dlms {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("dlms", "DLMS/COSEM (IEC 62056)")
        .tcpPorts(4059)
        .udpPorts(4059)
        .firstBytes(0x7e, 0)
        .tcp(Dlms::detect)
        .udp(Dlms::detect)
        .build();

    private Dlms() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer answer = b.u8(0) == 0x7e ? hdlc(b) : wrapper(probe);
        return answer == Answer.MORE && probe.isUdp() ? Answer.NO : answer;
    }

    /** Frame format 3 and length; the frame ends in its checksum and 0x7E. */
    private static Answer hdlc(final Bytes b) {
        if (b.length() > 1 && b.u8(1) >> 4 != 0xa) {
            return Answer.NO;
        }
        final int length = b.u16(1) & 0x7ff;
        if (b.length() < 3 || length >= 7 && b.length() < length + 2) {
            return Answer.MORE;
        }
        return length >= 7 && b.u8(length + 1) == 0x7e && checksum(b, 1, length - 2) == b.u16le(length - 1)
            ? Answer.YES : Answer.NO;
    }

    /** Version 1, source and destination, length, then a COSEM message that fits into it. */
    private static Answer wrapper(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != 1) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        final int length = b.u16(6);
        final int tag = b.u8(8);
        // Association requests and answers (0x60, 0x61), which say their length, or get, set and action.
        final boolean fits = (tag == 0x60 || tag == 0x61) && b.u8(9) == length - 2 && b.u8(10) >= 0x80
            || tag >= 0xc0 && tag <= 0xc7 && b.u8(9) >= 1 && b.u8(9) <= 3 && length >= 8 && probe.onPort(4059)
            && b.u8(11) == 0;
        return fits && (!probe.isUdp() || length == probe.announced() - 8) ? Answer.YES : Answer.NO;
    }

    /** The frame check sequence of HDLC (ISO/IEC 13239). */
    private static int checksum(final Bytes b, final int from, final int length) {
        int crc = 0xffff;
        for (int i = from; i < from + length; i++) {
            crc ^= b.u8(i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return ~crc & 0xffff;
    }
}
