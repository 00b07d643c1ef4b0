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

    private static final int SHORTEST = 7;
    private static final int LONGEST = 127;

    private Minecraft() {
    }

    /** Length, packet 0, version as one or two bytes of seven bits, name, port, and 1 to 3 as the last byte. */
    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = b.u8(0);
        if (length < SHORTEST || length > LONGEST || b.length() > 1 && b.u8(1) != 0) {
            return Answer.NO;
        }
        final int name = b.u8(2) >= 0x80 ? 5 : 4;
        if (b.length() < name) {
            return Answer.MORE;
        }
        final int size = b.u8(name - 1);
        if (name == 5 && b.u8(3) >= 0x80 || size < 1 || name + size + 2 != length) {
            return Answer.NO;
        }
        if (b.length() < length + 1) {
            return Answer.MORE;
        }
        return b.isPrintable(name, size) && b.u8(length) >= 1 && b.u8(length) <= 3 ? probe.yesFromClient() : Answer.NO;
    }
}
