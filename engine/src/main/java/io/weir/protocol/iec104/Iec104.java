package io.weir.protocol.iec104;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.util.Arrays;

/**
 * IEC 60870-5-104: start byte 0x68, length, control fields; of information frames also type, cause and the length
 * that the type's elements give.
 */
public final class Iec104 {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("iec104", "IEC 60870-5-104")
        .tcpPorts(2404)
        .firstBytes(0x68)
        .tcp(Iec104::detect)
        .build();

    /** Bytes of one element of each type, without its address; -1 for types not given. */
    private static final byte[] SIZES = new byte[128];

    static {
        Arrays.fill(SIZES, (byte) -1);
        final int[] given = {1, 1, 2, 4, 3, 1, 4, 4, 5, 2, 6, 5, 7, 5, 9, 3, 10, 6, 11, 3, 12, 6, 13, 5, 14, 8, 15, 5,
            16, 8, 20, 5, 21, 2, 30, 8, 31, 8, 32, 9, 33, 12, 34, 10, 35, 10, 36, 12, 37, 12, 38, 10, 39, 11, 40, 11,
            45, 1, 46, 1, 47, 1, 48, 3, 49, 3, 50, 5, 51, 4, 58, 8, 59, 8, 60, 8, 61, 10, 62, 10, 63, 12, 64, 11,
            70, 1, 100, 1, 101, 1, 102, 0, 103, 7, 105, 1, 107, 9, 110, 3, 111, 3, 112, 5, 113, 1};
        for (int i = 0; i < given.length; i += 2) {
            SIZES[given[i]] = (byte) given[i + 1];
        }
    }

    private Iec104() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = b.u8(1);
        if (b.length() > 1 && (length < 4 || length > 253)) {
            return Answer.NO;
        }
        if (b.length() < 6) {
            return Answer.MORE;
        }
        if (length == 4) {
            return shortFrame(probe);
        }
        if ((b.u8(2) & 1) != 0 || (b.u8(4) & 1) != 0 || length < 10) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        final int type = b.u8(6);
        final int size = type < SIZES.length ? SIZES[type] : -1;
        final int count = b.u8(7) & 0x7f;
        final int cause = b.u8(8) & 0x3f;
        final int elements = b.u8(7) >= 0x80 ? 3 + count * size : count * (3 + size);
        if (size < 0 || count == 0 || cause == 0 || cause > 47 || b.u16le(10) == 0 || length != 10 + elements) {
            return Answer.NO;
        }
        return type < 45 || type == 70 ? probe.yesFromServer() : probe.yesFromClient();
    }

    /** Start, stop and test are fixed; a receipt has nothing but an even number. */
    private static Answer shortFrame(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(3) != 0) {
            return Answer.NO;
        }
        switch (b.u8(2)) {
            case 0x07, 0x13, 0x43 -> {
                return b.u16(4) == 0 ? probe.yesFromClient() : Answer.NO;
            }
            case 0x0b, 0x23, 0x83 -> {
                return b.u16(4) == 0 ? probe.yesFromServer() : Answer.NO;
            }
            case 0x01 -> {
                // Too little by itself: another frame must follow.
                if ((b.u8(4) & 1) != 0) {
                    return Answer.NO;
                }
                if (b.length() == 6 && probe.isMidStream() && probe.onPort(2404)) {
                    return Answer.YES;
                }
                return b.length() < 9 ? b.length() > 6 && b.u8(6) != 0x68 ? Answer.NO : Answer.MORE
                    : b.u8(6) == 0x68 && b.u8(7) >= 4 && b.u8(7) <= 253 && (b.u8(8) & 3) != 2 ? probe.yesFromClient()
                    : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }
}
