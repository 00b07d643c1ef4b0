package io.weir.protocol.viber;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Calls of Viber over its relays: number, type and zero, and a token of eight bytes that the other side repeats. Seen
 * in captures; the format is not published.
 */
public final class Viber {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("viber", "Viber call")
        .udpPorts(7985, 7987, 5243, 9785)
        .udp(Viber::detect)
        .encrypted()
        .build();

    private Viber() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        final int at = tokenFrom(now);
        final int otherAt = tokenFrom(other);
        return at > 0 && otherAt > 0 && now.u16(0) == other.u16(0) && now.u8(2) != other.u8(2)
            && now.u64(at) == other.u64(otherAt) && now.u64(at) != 0 && now.u64(at) != -1 ? Answer.YES : Answer.NO;
    }

    private static int tokenFrom(final Bytes datagram) {
        if (datagram.u8(3) != 0 || !datagram.has(0, 14)) {
            return -1;
        }
        return switch (datagram.u8(2)) {
            case 0x01, 0x0c -> 6;
            case 0x19, 0x1a -> 4;
            default -> -1;
        };
    }
}
