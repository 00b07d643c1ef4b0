package io.weir.protocol.warp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Cloudflare WARP: WireGuard whose three reserved bytes name the client, with types from 1 on or from 0xc1 on. The
 * second form is not published; seen in a capture.
 */
public final class CloudflareWarp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("cloudflare-warp", "Cloudflare WARP")
        .udpPorts(2408)
        .firstByteRange(0x01, 0x04)
        .firstByteRange(0xc1, 0xc4)
        .udp(CloudflareWarp::detect)
        .encrypted()
        .build();

    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int MIN_DATA = 32;
    private static final int VENDOR = 0xc0;
    /** Data packets that may be missing between two that are compared. */
    private static final long MAX_STEP = 64;

    private CloudflareWarp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        final int length = probe.announced();
        return switch (now.u8(0)) {
            case 1 -> length == INITIATION && now.u24(1) != 0 ? Answer.MORE : Answer.NO;
            case 2 -> length == RESPONSE && other.u8(0) == 1 && isClient(now) && other.u32(4) == now.u32(8)
                ? probe.yesFromServer() : Answer.NO;
            case VENDOR + 1 -> length >= INITIATION && now.u24(1) == 0 ? Answer.MORE : Answer.NO;
            case VENDOR + 2 -> isClient(now) && other.u32(0) == 0xc100_0000L && other.u16(5) == now.u16(9)
                ? probe.yesFromServer() : Answer.NO;
            case 4, VENDOR + 4 -> length >= MIN_DATA && isClient(now) ? data(now, probe.before()) : Answer.NO;
            default -> Answer.NO;
        };
    }

    private static boolean isClient(final Bytes now) {
        return now.u24(1) > 0;
    }

    /** The same type, client and receiver, and a counter that goes on. */
    private static Answer data(final Bytes now, final Bytes before) {
        final long step = now.u64le(8) - before.u64le(8);
        if (now.u64le(8) >>> 40 != 0) {
            return Answer.NO;
        }
        return before.u64(0) == now.u64(0) && step > 0 && step <= MAX_STEP ? Answer.YES : Answer.MORE;
    }
}
