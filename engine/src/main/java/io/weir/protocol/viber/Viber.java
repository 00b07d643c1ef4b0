package io.weir.protocol.viber;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Viber: its messages on TCP, and its calls over relays: number, type and zero, and a token of eight bytes that the
 * other side repeats. Seen in captures; the format is not published.
 */
public final class Viber {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("viber", "Viber call")
        .udpPorts(7985, 7987, 5243, 9785)
        .tcpPorts(4244, 5242, 5243)
        .udp(Viber::detect)
        .udpByte(3, 0)
        .tcp(Viber::detectStream)
        .encrypted()
        .build();

    /** More messages than one sends before the other side answers. */
    private static final int MANY = 0x1000;

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

    /** Messages with their length and a number, both least significant byte first; the numbers count up. */
    static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(4244) && !probe.onPort(5242) && !probe.onPort(5243)) {
            return elsewhere(probe);
        }
        final Answer hello = hello(now);
        if (hello == Answer.YES) {
            return probe.yesFromClient();
        }
        if (!mayBegin(now)) {
            return hello;
        }
        if (hello(probe.other()) == Answer.NO && !probe.other().isEmpty() && !mayBegin(probe.other())) {
            return Answer.NO;
        }
        return now.length() >= 8 && probe.other().length() >= 8 && mayBegin(probe.other()) ? Answer.YES : Answer.MORE;
    }

    /** On other ports the client's first message ends where it says so, and the server's first fits. */
    private static Answer elsewhere(final Probe probe) {
        final Bytes client = probe.client();
        final Bytes server = probe.server();
        if (client.isEmpty() || hello(client) == Answer.NO || !mayBegin(client, Math.max(0, client.u16le(0)))
            || !server.isEmpty() && !mayBegin(server)) {
            return Answer.NO;
        }
        return client.length() < 12 || client.length() < client.u16le(0) || server.length() < 8 ? Answer.MORE
            : Answer.YES;
    }

    /** A client's first message: length, an identifier, and a kind of two bytes before its version. */
    private static Answer hello(final Bytes now) {
        final boolean fits = (now.length() < 2 || now.u16le(0) >= 12 && now.u16le(0) < 0x400)
            && (now.length() < 7 || now.u8(6) == 0xfc) && (now.length() < 8 || now.u8(7) == 0xff)
            && (now.length() < 10 || now.u8(9) == 0x80);
        return !fits ? Answer.NO : now.length() < 10 ? Answer.MORE : Answer.YES;
    }

    private static boolean mayBegin(final Bytes message) {
        return mayBegin(message, 0);
    }

    /** True if no message begins there yet, too. */
    private static boolean mayBegin(final Bytes message, final int at) {
        return (message.length() < at + 2 || message.u16le(at) >= 8)
            && (message.length() < at + 6 || message.u16le(at + 4) == 0 && message.u16le(at + 2) < MANY);
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
