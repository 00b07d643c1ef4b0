package io.weir.protocol.oracle;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Oracle's Transparent Network Substrate: length, checksum 0, packet type, and what that type requires. */
public final class OracleTns {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("oracle", "Oracle TNS")
        .tcpPorts(1521, 1526)
        .firstByteRange(0, 0x20)
        .tcp(OracleTns::detect)
        .build();

    private static final int CONNECT = 1;
    private static final int ACCEPT = 2;
    private static final int REFUSE = 4;
    private static final int REDIRECT = 5;
    private static final int RESEND = 11;

    private OracleTns() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(2) > 0 || b.u8(3) > 0 || b.u8(4) > RESEND) {
            return Answer.NO;
        }
        if (b.length() < 8) {
            return Answer.MORE;
        }
        final int length = b.u16(0);
        if (length < 8 || b.u16(6) != 0) {
            return Answer.NO;
        }
        switch (b.u8(4)) {
            case CONNECT -> {
                if (b.length() < 28) {
                    return Answer.MORE;
                }
                // Version, compatible version, then length and place of the connect data, which end the packet.
                return isVersion(b.u16(8)) && isVersion(b.u16(10)) && b.u16(26) >= 34 && b.u16(26) <= 128
                    && (b.u16(24) + b.u16(26) == length || b.u16(26) == length) ? probe.yesFromClient() : Answer.NO;
            }
            case ACCEPT -> {
                if (b.length() < 12) {
                    return Answer.MORE;
                }
                return isVersion(b.u16(8)) && length >= 24 && length <= 256 ? probe.yesFromServer() : Answer.NO;
            }
            case REFUSE, REDIRECT -> {
                if (b.length() < 24) {
                    return Answer.MORE;
                }
                return b.indexOf('(', 10) >= 0 && b.indexOf('(', 10) < 14 && b.isPrintable(13, 8)
                    ? probe.yesFromServer() : Answer.NO;
            }
            case RESEND -> {
                return length == 8 && b.u8(5) <= 8 ? probe.yesFromServer() : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }

    private static boolean isVersion(final int value) {
        return value >= 300 && value <= 330;
    }
}
