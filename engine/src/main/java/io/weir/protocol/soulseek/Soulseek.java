package io.weir.protocol.soulseek;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Soulseek: little-endian lengths and codes; a login to the server with name and password, and a peer's first
 * message, which names who calls and for what.
 */
public final class Soulseek {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("soulseek", "Soulseek")
        .tcpPorts(2242)
        .tcp(Soulseek::detect)
        .build();

    private static final int MOST_NAME = 30;
    private static final int MOST_PASSWORD = 64;

    private Soulseek() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < 5) {
            return b.u8(0) < 12 || b.length() > 2 && b.u16(1) != 0 || b.length() > 3 && b.u24(1) != 0 ? Answer.NO
                : Answer.MORE;
        }
        final long length = b.u32le(0);
        if (length < 12 || length > 255 || b.u8(4) != 1) {
            return Answer.NO;
        }
        if (b.length() < 12) {
            return Answer.MORE;
        }
        return b.u24le(5) == 0 && b.u32le(8) <= MOST_NAME ? login(probe, b, (int) length) : peer(b, (int) length);
    }

    /** Name, password, version, and the MD5 of both as 32 digits. */
    private static Answer login(final Probe probe, final Bytes b, final int length) {
        final int name = (int) b.u32le(8);
        final int at = 12 + name;
        if (name < 1 || at + 12 > length) {
            return Answer.NO;
        }
        if (b.length() < at + 4) {
            return Answer.MORE;
        }
        final long password = b.u32le(at);
        if (!b.isPrintable(12, name) || password > MOST_PASSWORD) {
            return Answer.NO;
        }
        final int version = at + 4 + (int) password;
        return b.length() < version + 8 ? Answer.MORE
            : b.u32le(version) < 1000 && b.u32le(version + 4) == 32 ? probe.yesFromClient() : Answer.NO;
    }

    /** Code of one byte, a name, a type of one letter, and a token that ends the message. */
    private static Answer peer(final Bytes b, final int length) {
        final long name = b.u32le(5);
        if (name < 1 || name > MOST_NAME || name + 14 != length) {
            return Answer.NO;
        }
        final int type = 9 + (int) name;
        if (b.length() < type + 5) {
            return Answer.MORE;
        }
        final int letter = b.u8(type + 4);
        return b.isPrintable(9, (int) name) && b.u32le(type) == 1 && (letter == 'P' || letter == 'F' || letter == 'D')
            ? Answer.YES : Answer.NO;
    }
}
