package io.weir.protocol.tds;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Tabular Data Stream ([MS-TDS]): packets with type, status, length and window 0, whose payload begins as its type
 * requires.
 */
public final class Tds {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("tds", "Tabular Data Stream (Microsoft SQL Server)")
        .tcpPorts(1433)
        .firstBytes(1, 3, 4, 0x10, 0x12)
        .tcp(Tds::detect)
        .build();

    private static final int HEADER = 8;
    private static final int PRE_LOGIN = 0x12;
    private static final int LOGIN = 0x10;
    private static final int ANSWER = 4;
    private static final int CALL = 3;

    private Tds() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 9 || b.length() >= 4 && b.u16(2) < HEADER + 1) {
            return Answer.NO;
        }
        if (b.length() < 20) {
            return Answer.MORE;
        }
        if (b.u8(7) != 0) {
            return Answer.NO;
        }
        final int length = b.u16(2);
        switch (b.u8(0)) {
            case PRE_LOGIN -> {
                return isPreLogin(b, length) ? probe.yesFromClient() : Answer.NO;
            }
            case LOGIN -> {
                // Login length, then a version 7.x, least significant byte first.
                return b.u32le(8) >= 36 && b.u32le(8) < 1 << 16 && b.u8(15) >= 0x70 && b.u8(15) <= 0x74 && b.u8(13) == 0
                    ? probe.yesFromClient() : Answer.NO;
            }
            case ANSWER -> {
                return isPreLogin(b, length) || isTokens(b, length) ? probe.yesFromServer() : Answer.NO;
            }
            default -> {
                return isHeaders(b) || isText(b, b.u8(0) == CALL ? 10 : 8) ? probe.yesFromClient() : Answer.NO;
            }
        }
    }

    /** Headers of a batch or call, since version 7.2: total length, length of the transaction descriptor, its type. */
    private static boolean isHeaders(final Bytes b) {
        return b.u32le(8) == 22 && b.u32le(12) == 18 && b.u16le(16) == 2;
    }

    /** Text of a batch, or the name called behind its length, in characters of two bytes. */
    private static boolean isText(final Bytes b, final int from) {
        for (int at = from; at < from + 8; at += 2) {
            if (b.u8(at + 1) != 0 || b.u8(at) < 9 || b.u8(at) > 0x7e) {
                return false;
            }
        }
        return from == 8 || b.u8(9) == 0;
    }

    /** The table begins with the version: token 0, offset behind the table, length 6; token 1 is at the next offset. */
    private static boolean isPreLogin(final Bytes b, final int length) {
        final int offset = b.u16(9);
        return b.u8(8) == 0 && offset >= 6 && offset < length - HEADER && offset % 5 == 1 && b.u16(11) == 6
            && (b.u8(13) == 0xff || b.u8(13) == 1 && b.u16(14) == offset + 6);
    }

    /** Tokens: change of environment, information, error or login acknowledged, each with a length that fits. */
    private static boolean isTokens(final Bytes b, final int length) {
        final int token = b.u8(8);
        final int size = b.u16le(9);
        return (token == 0xe3 && b.u8(11) <= 20 || (token == 0xab || token == 0xaa) && b.u8(16) <= 25 && b.u8(14) < 2
            || token == 0xad && b.u8(11) <= 1 && b.u8(12) >= 0x70 && b.u8(12) <= 0x74) && size >= 3
            && size <= length - HEADER - 3;
    }
}
