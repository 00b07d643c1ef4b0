package io.weir.protocol.discord;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Discord's voice servers: datagrams of 74 bytes by which a client learns its address, and of 8 bytes that measure the
 * way to a server.
 */
public final class Discord {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("discord", "Discord voice")
        .firstBytes(0x00, 0x13)
        .udp(Discord::detect)
        .build();

    private static final int DISCOVERY = 74;
    private static final int DISCOVERY_REST = 70;
    private static final int ADDRESS = 8;
    private static final int ADDRESS_LENGTH = 64;
    private static final long PING = 0x1337_cafeL;

    private Discord() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (probe.announced() == 8) {
            return now.u32(0) == PING && now.u24(5) == 0 ? Answer.YES : Answer.NO;
        }
        if (probe.announced() != DISCOVERY || now.length() != DISCOVERY || now.u16(2) != DISCOVERY_REST) {
            return Answer.NO;
        }
        return switch (now.u16(0)) {
            case 1 -> isZero(now, ADDRESS, DISCOVERY) ? Answer.YES : Answer.NO;
            case 2 -> hasAddress(now)
                ? probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES : Answer.NO;
            default -> Answer.NO;
        };
    }

    private static boolean isZero(final Bytes now, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (now.u8(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** An address as text, padded with zeros. */
    private static boolean hasAddress(final Bytes now) {
        final int end = now.indexOf(0, ADDRESS);
        for (int i = ADDRESS; i < end; i++) {
            final int value = now.u8(i);
            if ((value < '0' || value > ':') && value != '.' && (value < 'a' || value > 'f')) {
                return false;
            }
        }
        return end > ADDRESS + 1 && isZero(now, end, ADDRESS + ADDRESS_LENGTH);
    }
}
