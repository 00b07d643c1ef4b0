package io.weir.protocol.zoom;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Zoom's media servers: a wrapper of its own around RTP (Michel et al., "Enabling passive measurement of Zoom
 * performance in production networks", 2022). A conference begins with a greeting that the server repeats; later both
 * sides measure how long an answer takes.
 */
public final class Zoom {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("zoom", "Zoom media")
        .udpPorts(8801, 8802, 8803, 8804, 8805, 8806, 8807, 8808, 8809, 8810)
        .firstByteRange(1, 5)
        .udp(Zoom::detect)
        .encrypted()
        .build();

    private static final int PING = 3;
    private static final int PONG = 4;
    /** Type, number, time and the number of the session. */
    private static final int PING_LENGTH = 13;
    private static final int MEDIA = 5;
    /** Type, number, and the rest of the outer wrapper. */
    private static final int WRAPPER = 8;
    private static final int GREETING = 19;

    private Zoom() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        return switch (now.u8(0)) {
            case 1 -> detectGreeting(now);
            case 2 -> detectAnswer(probe, now);
            case PING -> now.u8(1) == 0 && now.has(0, PING_LENGTH) ? Answer.MORE : Answer.NO;
            case PONG -> isPong(now, probe.other()) ? Answer.YES : Answer.NO;
            case MEDIA -> detectMedia(probe, now);
            default -> Answer.NO;
        };
    }

    /** Behind a random name the number 2, and the same time twice. */
    private static Answer detectGreeting(final Bytes now) {
        if (now.u8(1) != 0 || now.u8(2) > 8 || now.length() < GREETING + 20) {
            return Answer.NO;
        }
        return now.u64(GREETING) == 2 && now.u32(GREETING + 8) == now.u32(GREETING + 12) ? Answer.YES : Answer.MORE;
    }

    private static Answer detectAnswer(final Probe probe, final Bytes now) {
        final Bytes other = probe.other();
        if (now.u8(1) != 0 || now.length() < GREETING || other.u8(0) != 1 || other.length() < GREETING) {
            return Answer.NO;
        }
        for (int i = 1; i < GREETING; i++) {
            if (now.u8(i) != other.u8(i)) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }

    private static boolean isPong(final Bytes now, final Bytes ping) {
        return ping.u8(0) == PING && now.has(0, PING_LENGTH) && ping.has(0, PING_LENGTH) && now.u64(1) == ping.u64(1)
            && now.u32(9) == ping.u32(9) && now.u8(1) == 0 && now.u64(5) != 0;
    }

    /** Media on the usual ports: behind the inner wrapper stands the header of RTP, twice with the same source. */
    private static Answer detectMedia(final Probe probe, final Bytes now) {
        if (probe.serverPort() < 8801 || probe.serverPort() > 8810) {
            return Answer.NO;
        }
        final int rtp = rtpFrom(now);
        if (rtp < 0 || now.u8(rtp) >> 6 != 2 || !now.has(rtp, 12)) {
            return Answer.NO;
        }
        final Bytes before = probe.before();
        return rtpFrom(before) == rtp && before.u32(rtp + 8) == now.u32(rtp + 8) ? Answer.YES : Answer.MORE;
    }

    private static int rtpFrom(final Bytes datagram) {
        return switch (datagram.u8(WRAPPER)) {
            case 13 -> WRAPPER + 27;
            case 15 -> WRAPPER + 19;
            case 16 -> WRAPPER + 24;
            default -> -1;
        };
    }
}
