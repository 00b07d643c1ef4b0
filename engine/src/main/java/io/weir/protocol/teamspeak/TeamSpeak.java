package io.weir.protocol.teamspeak;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * TeamSpeak 3: what a client and a server say before they have keys, behind "TS3INIT1", and a server's talk with
 * the list of servers.
 */
public final class TeamSpeak {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("teamspeak", "TeamSpeak")
        .udpPorts(9987, 2010)
        .firstBytes(1, 'T')
        .udp(TeamSpeak::detect)
        .encrypted()
        .build();

    private static final byte[] INIT = "TS3INIT1".getBytes(StandardCharsets.US_ASCII);
    private static final int LIST = 2010;

    private TeamSpeak() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) == 'T') {
            return b.startsWith(INIT) ? Answer.YES : Answer.NO;
        }
        // The server asks with four bytes and gets them back with a number, which it says again.
        final Bytes other = probe.other();
        return !probe.onPort(LIST) || probe.announced() < 4 ? Answer.NO
            : probe.announced() == 8 && other.length() == 4 && other.u32(0) == b.u32(0) && b.u8(3) == 1
            ? probe.yesFromServer() : probe.announced() == 4 ? Answer.MORE : Answer.NO;
    }
}
