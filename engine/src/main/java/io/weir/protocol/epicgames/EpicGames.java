package io.weir.protocol.epicgames;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Unreal Engine's stateless handshake as Epic's servers speak it: no cookie in the client's first datagram, and
 * the server's has the same network version.
 */
public final class EpicGames {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("epic-games", "Epic Games (Unreal Engine)")
        .firstBytes(0x07, 0x47, 0x87, 0xc7)
        .udp(EpicGames::detect)
        .build();

    private static final int MAGIC = 0x1a20;

    private EpicGames() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u16(1) != MAGIC || (b.u8(4) & 0x07) != 0 || b.u8(4) > 0x40 || probe.announced() < 40
            || probe.announced() > 80) {
            return Answer.NO;
        }
        final Bytes other = probe.other();
        return b.u64(12) == 0 && b.u64(20) == 0 && b.u64(28) == 0 ? probe.yesFromClient()
            : other.u16(1) == MAGIC && other.u8(0) == b.u8(0) && other.u32(5) == b.u32(5)
            && other.u8(9) == b.u8(9) ? Answer.YES : Answer.NO;
    }
}
