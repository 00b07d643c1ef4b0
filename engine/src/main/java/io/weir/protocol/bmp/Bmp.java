package io.weir.protocol.bmp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * BGP Monitoring Protocol (RFC 7854): version 3, a length and a type; then information that fills the message, or a
 * message of BGP, which begins with 16 bytes of ones.
 */
public final class Bmp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bmp", "BGP Monitoring Protocol")
        .tcpPorts(11019)
        .firstBytes(3)
        .tcp(Bmp::detect)
        .build();

    private static final int HEADER = 6;
    private static final int PEER_HEADER = 42;
    private static final int ROUTES = 0;
    private static final int UP = 3;
    private static final int INITIATION = 4;
    private static final int TERMINATION = 5;
    /** Addresses and ports in front of the messages that opened a session. */
    private static final int SESSION = 20;
    private static final int LAST_KIND = 4;
    private static final int LAST_PEER = 3;
    private static final int LONGEST = 1 << 16;

    private Bmp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.length() < HEADER) {
            return now.u8(1) > 0 ? Answer.NO : Answer.MORE;
        }
        final int type = now.u8(5);
        final int length = (int) Math.min(now.u32(1), LONGEST + 1);
        if (length > LONGEST) {
            return Answer.NO;
        }
        return switch (type) {
            case ROUTES -> marker(probe, length, HEADER + PEER_HEADER);
            case UP -> marker(probe, length, HEADER + PEER_HEADER + SESSION);
            case INITIATION, TERMINATION -> information(probe, length);
            default -> Answer.NO;
        };
    }

    /** Behind the header of the peer, whose kind has few values. */
    private static Answer marker(final Probe probe, final int length, final int at) {
        final Bytes now = probe.now();
        if (length < at + 19 || now.u8(HEADER) > LAST_PEER) {
            return Answer.NO;
        }
        if (!now.has(at, 16)) {
            return Answer.MORE;
        }
        return now.u64(at) == -1 && now.u64(at + 8) == -1 ? probe.yesFromClient() : Answer.NO;
    }

    private static Answer information(final Probe probe, final int length) {
        final Bytes now = probe.now();
        int at = HEADER;
        while (at < length) {
            if (now.u16(at) > LAST_KIND) {
                return Answer.NO;
            }
            if (!now.has(at, 4)) {
                return Answer.MORE;
            }
            at += 4 + now.u16(at + 2);
        }
        return at == length && length > HEADER + 4 ? probe.yesFromClient() : Answer.NO;
    }
}
