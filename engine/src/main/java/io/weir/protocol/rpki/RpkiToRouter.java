package io.weir.protocol.rpki;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** How routers get what the resource public key infrastructure has validated (RFC 8210): units of known lengths. */
public final class RpkiToRouter {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rpki-rtr", "RPKI to Router Protocol")
        .tcpPorts(323, 3323, 8282)
        .firstBytes(0, 1, 2)
        .tcp(RpkiToRouter::detect)
        .build();

    private static final int HEADER = 8;
    private static final int SERIAL_QUERY = 1;
    private static final int SERIAL_LENGTH = 12;
    private static final int RESET_QUERY = 2;
    private static final int CACHE_RESPONSE = 3;
    private static final int IPV4 = 4;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6 = 6;
    private static final int IPV6_LENGTH = 32;
    private static final int END = 7;
    private static final int CACHE_RESET = 8;

    private RpkiToRouter() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(1);
        if (type > CACHE_RESET || now.u8(4) > 0 || now.u8(5) > 0 || now.u8(6) > 0 || now.u8(7) > IPV6_LENGTH) {
            return Answer.NO;
        }
        if (now.length() < HEADER) {
            return Answer.MORE;
        }
        return switch (type) {
            case SERIAL_QUERY -> now.u8(7) != SERIAL_LENGTH || now.length() > SERIAL_LENGTH ? Answer.NO
                : now.length() < SERIAL_LENGTH ? Answer.MORE : probe.yesFromClient();
            case RESET_QUERY -> now.u8(7) == HEADER && now.u16(2) == 0 && now.length() == HEADER
                ? probe.yesFromClient() : Answer.NO;
            case CACHE_RESPONSE -> now.u8(7) != HEADER ? Answer.NO : follows(probe);
            default -> Answer.NO;
        };
    }

    /** Behind the beginning of a cache's answer comes a prefix, or its end. */
    private static Answer follows(final Probe probe) {
        final Bytes now = probe.now();
        if (now.length() < 2 * HEADER) {
            return Answer.MORE;
        }
        final int type = now.u8(HEADER + 1);
        final long length = now.u32(HEADER + 4);
        return now.u8(HEADER) == now.u8(0) && (type == IPV4 && length == IPV4_LENGTH
            || type == IPV6 && length == IPV6_LENGTH || type == END && (length == SERIAL_LENGTH || length == 24))
            ? probe.yesFromServer() : Answer.NO;
    }
}
