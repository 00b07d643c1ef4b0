package io.weir.protocol.iqiyi;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** iQIYI's exchange between players: a datagram has its length in bytes 2 and 3, and an answer the question's film. */
public final class Iqiyi {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("iqiyi", "iQIYI")
        .udpPorts(16600)
        .firstBytes(0x1c, 0x9c)
        .udp(Iqiyi::detect)
        .build();

    private static final int SHORTEST = 64;
    private static final int FILM = 24;

    private Iqiyi() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Bytes other = probe.other();
        if (probe.announced() < SHORTEST || b.u16le(2) != probe.announced()) {
            return Answer.NO;
        }
        return other.length() < SHORTEST ? Answer.MORE : (b.u8(0) ^ other.u8(0)) == 0x80 && b.u64(FILM) != 0
            && b.u64(FILM) == other.u64(FILM) && b.u64(FILM + 8) == other.u64(FILM + 8)
            ? b.u8(0) < 0x80 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
