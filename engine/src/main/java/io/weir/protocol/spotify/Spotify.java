package io.weir.protocol.spotify;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Spotify: announcements to other clients on the local network, and the hello to an access point, a length and a
 * message of protocol buffers.
 */
public final class Spotify {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("spotify", "Spotify")
        .tcpPorts(4070)
        .udpPorts(57621)
        .firstBytes(0, 'S')
        .tcp(Spotify::stream)
        .udp(Spotify::datagram)
        .build();

    private static final byte[] ANNOUNCEMENT = "SpotUdp0".getBytes(StandardCharsets.US_ASCII);
    private static final int HELLO = 4;
    private static final int LONGEST = 2000;

    private Spotify() {
    }

    private static Answer datagram(final Probe probe) {
        return probe.now().startsWith(ANNOUNCEMENT) ? Answer.YES : Answer.NO;
    }

    /** Number 0 and 4, the length of all, and fields 10 (build) and in it again 10 (product). */
    private static Answer stream(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0 || b.length() > 1 && b.u16(0) != HELLO || b.length() > 3 && b.u16(2) != 0) {
            return Answer.NO;
        }
        if (b.length() < 9) {
            return Answer.MORE;
        }
        return b.u32(2) >= 64 && b.u32(2) <= LONGEST && b.u8(6) == 0x52 && b.u8(7) < 64 && b.u8(8) == 0x50
            ? probe.yesFromClient() : Answer.NO;
    }
}
