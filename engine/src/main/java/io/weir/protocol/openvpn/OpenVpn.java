package io.weir.protocol.openvpn;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * OpenVPN: recognised by the packets that reset a session, whose length and zero fields are fixed: plain, with a hash
 * in front of them (tls-auth), and encrypted with a counter and a time in front (tls-crypt, and its second version with
 * a wrapped key behind). In TCP each packet has a length of 16 bits in front.
 */
public final class OpenVpn {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("openvpn", "OpenVPN")
        .udpPorts(1194).tcpPorts(1194)
        .firstByteRange(0x00, 0x02).firstBytes(0x38, 0x40, 0x50)
        .udp(OpenVpn::detectDatagram)
        .tcp(OpenVpn::detectStream)
        .encrypted()
        .build();

    private static final int CLIENT_RESET = 0x38;
    private static final int SERVER_RESET = 0x40;
    private static final int CLIENT_RESET_WITH_KEY = 0x50;
    /** Type and session id. */
    private static final int HEAD = 9;
    /** Counter and time in front of what is authenticated. */
    private static final int STAMP = 8;
    /** No acknowledgements, number 0. */
    private static final int CLIENT_TAIL = 5;
    /** One acknowledgement of number 0, the client's session id, number 0. */
    private static final int SERVER_TAIL = 17;
    private static final int CRYPT_HASH = 32;
    /** Lengths of the hashes that are in use: MD5, SHA-1, SHA-256, SHA-512. */
    private static final int[] HASHES = {16, 20, 32, 64};
    /** Early enough for every implementation, late enough for every test: 2004 to 2038. */
    private static final long FIRST_TIME = 0x4000_0000L;
    private static final long LAST_TIME = 0x7fff_ffffL;

    private OpenVpn() {
    }

    private static Answer detectDatagram(final Probe probe) {
        return judge(probe, probe.now(), 0, probe.announced());
    }

    private static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(0);
        if (length < 0) {
            return now.u8(0) > 2 ? Answer.NO : Answer.MORE;
        }
        final int type = now.u8(2);
        if (length < HEAD + CLIENT_TAIL || length > 1024
            || type >= 0 && type != CLIENT_RESET && type != SERVER_RESET && type != CLIENT_RESET_WITH_KEY) {
            return Answer.NO;
        }
        return now.has(2, length) ? judge(probe, now, 2, length) : Answer.MORE;
    }

    private static Answer judge(final Probe probe, final Bytes now, final int at, final int length) {
        if (!now.has(at, length)) {
            return Answer.NO;
        }
        return switch (now.u8(at)) {
            case CLIENT_RESET -> isReset(now, at, length, CLIENT_TAIL) ? Answer.YES : Answer.NO;
            case CLIENT_RESET_WITH_KEY -> {
                final int wrapped = HEAD + STAMP + CRYPT_HASH + CLIENT_TAIL;
                yield length > wrapped && now.u16(at + length - 2) == length - wrapped
                    && hasTime(now, at + HEAD + 4) ? Answer.YES : Answer.NO;
            }
            case SERVER_RESET -> !isReset(now, at, length, SERVER_TAIL) ? Answer.NO
                : probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
            default -> Answer.NO;
        };
    }

    private static boolean isReset(final Bytes now, final int at, final int length, final int tail) {
        if (length == HEAD + tail) {
            return isTail(now, at + HEAD, tail);
        }
        for (final int hash : HASHES) {
            if (length == HEAD + hash + STAMP + tail && isTail(now, at + length - tail, tail)) {
                return true;
            }
        }
        return length == HEAD + STAMP + CRYPT_HASH + tail && now.u32(at + HEAD) == 1 && hasTime(now, at + HEAD + 4);
    }

    /** Number of acknowledgements, those, for whom, and the own number, which is the first. */
    private static boolean isTail(final Bytes now, final int at, final int tail) {
        return tail == CLIENT_TAIL ? now.u8(at) == 0 && now.u32(at + 1) == 0
            : now.u8(at) == 1 && now.u32(at + 1) == 0 && now.u32(at + tail - 4) == 0;
    }

    private static boolean hasTime(final Bytes now, final int at) {
        final long time = now.u32(at);
        return time >= FIRST_TIME && time <= LAST_TIME;
    }
}
