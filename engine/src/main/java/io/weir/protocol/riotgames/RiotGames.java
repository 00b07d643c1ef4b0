package io.weir.protocol.riotgames;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Riot Games: how a game's server is found and measured; datagrams of one length whose end or middle is always the
 * same.
 */
public final class RiotGames {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("riot-games", "Riot Games")
        .udpPorts(7194, 8181, 7998)
        .udp(RiotGames::detect)
        .udpByte(28, 0, 0xaa)
        .build();

    private static final int MEASURE = 36;
    private static final int HELLO = 53;
    private static final long END = 0xaaaaaaaabbbbbbbbL;

    private RiotGames() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (probe.announced() == MEASURE) {
            return b.u64(MEASURE - 8) != END ? Answer.NO : b.u32(4) == 0 ? probe.yesFromServer()
                : probe.yesFromClient();
        }
        return probe.announced() == HELLO && b.u8(8) == 1 && b.u64(9) == 0 && b.u64(17) == 0 && b.u64(25) == 0
            && b.u32(33) == 0 && b.u64(0) != 0 && b.u64(37) != 0 ? probe.yesFromClient() : Answer.NO;
    }
}
