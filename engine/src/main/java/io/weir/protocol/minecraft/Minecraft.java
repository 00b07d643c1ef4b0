package io.weir.protocol.minecraft;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Minecraft's Java edition: a handshake with the version, the server's name and port, and what is wanted next. */
public final class Minecraft {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("minecraft", "Minecraft (Java edition)")
        .tcpPorts(25565)
        .tcp(Minecraft::detect)
        .build();

    private static final int MOST_VERSION = 5;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 1 << 14;
    private static final int PORT_AND_NEXT = 3;
    private static final int ENOUGH = 256;

    private Minecraft() {
    }

    /**
     * Length, packet 0, version, name, port, and 1 to 3 as the last byte. Behind the name Forge's clients write a mark,
     * and proxies whom they speak for, after a zero each: such a handshake can be longer than what is looked at.
     */
    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int packet = behindNumber(b, 0, 2);
        final int version = packet < 0 ? packet : packet + 1;
        final int name = version < 0 ? version : behindNumber(b, version, MOST_VERSION);
        final int text = name < 0 ? name : behindNumber(b, name, 2);
        if (packet > 0 && (number(b, 0, packet) < SHORTEST || b.length() > packet && b.u8(packet) != 0) || text == 0) {
            return Answer.NO;
        }
        if (text < 0) {
            return Answer.MORE;
        }
        final int end = packet + number(b, 0, packet);
        final int size = number(b, name, text);
        if (size < 1 || end > LONGEST || text + size + PORT_AND_NEXT != end) {
            return Answer.NO;
        }
        if (b.length() < Math.min(end, ENOUGH)) {
            return Answer.MORE;
        }
        final int zero = b.indexOf(0, text, Math.min(text + size, b.length()));
        final int host = (zero < 0 ? text + size : zero) - text;
        final boolean isEnd = !b.has(end - 1, 1) || b.u8(end - 1) >= 1 && b.u8(end - 1) <= 3;
        return host > 0 && host < ENOUGH && b.isPrintable(text, host) && isEnd ? probe.yesFromClient() : Answer.NO;
    }

    /** Where the number that begins here ends, seven bits a byte: -1 if it is not whole yet, 0 if it is too long. */
    private static int behindNumber(final Bytes b, final int at, final int most) {
        for (int i = at; i < at + most; i++) {
            if (!b.has(i, 1)) {
                return -1;
            }
            if (b.u8(i) < 0x80) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int number(final Bytes b, final int from, final int to) {
        int value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = value << 7 | b.u8(i) & 0x7f;
        }
        return value;
    }
}
