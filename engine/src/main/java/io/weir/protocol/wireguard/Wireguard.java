package io.weir.protocol.wireguard;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * WireGuard (Donenfeld, 2017, section 5.4): a type, three zero bytes, and for each type of the handshake one length.
 * What makes a single datagram certain is the field for a cookie that is rarely there; else the other side's index,
 * which comes back.
 */
public final class Wireguard {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("wireguard", "WireGuard")
        .udpPorts(51820)
        .firstByteRange(1, 4)
        .udp(Wireguard::detect)
        .encrypted()
        .build();

    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int COOKIE_REPLY = 64;
    private static final int MIN_DATA = 32;
    private static final int MAC = 16;
    /** Data packets that may be missing between two that are compared. */
    private static final long MAX_STEP = 64;

    private Wireguard() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = probe.announced();
        if ((now.u32le(0) & 0xffff_ff00L) != 0 || !now.has(0, 16)) {
            return Answer.NO;
        }
        return switch (now.u8(0)) {
            case 1 -> length != INITIATION ? Answer.NO
                : hasNoCookie(now, length) || isInitiation(probe.before()) ? Answer.YES : Answer.MORE;
            case 2 -> length == RESPONSE ? detectResponse(probe, now) : Answer.NO;
            case 3 -> length != COOKIE_REPLY ? Answer.NO : answers(probe, now, 4) ? Answer.YES : Answer.MORE;
            default -> length < MIN_DATA || (length & 15) != 0 ? Answer.NO : detectData(probe, now);
        };
    }

    private static Answer detectResponse(final Probe probe, final Bytes now) {
        if (answers(probe, now, 8)) {
            return Answer.YES;
        }
        return !hasNoCookie(now, RESPONSE) ? Answer.MORE
            : probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }

    /** From the middle: the same receiver, and a counter that goes on. */
    private static Answer detectData(final Probe probe, final Bytes now) {
        final Bytes before = probe.before();
        final long step = now.u64le(8) - before.u64le(8);
        if (now.u64le(8) >>> 40 != 0) {
            return Answer.NO;
        }
        return before.u32le(0) == 4 && before.u32le(4) == now.u32le(4) && step > 0 && step <= MAX_STEP ? Answer.YES
            : Answer.MORE;
    }

    private static boolean isInitiation(final Bytes before) {
        return before.u32le(0) == 1;
    }

    private static boolean answers(final Probe probe, final Bytes now, final int at) {
        return isInitiation(probe.other()) && probe.other().u32le(4) == now.u32le(at);
    }

    private static boolean hasNoCookie(final Bytes now, final int length) {
        return now.has(0, length) && now.u64(length - MAC) == 0 && now.u64(length - MAC / 2) == 0;
    }
}
