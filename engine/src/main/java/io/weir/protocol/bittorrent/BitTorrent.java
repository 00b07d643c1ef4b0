package io.weir.protocol.bittorrent;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * BitTorrent (BEP 3): the peers' handshake, a length of 19 before the protocol's name; and trackers over UDP (BEP
 * 15), whose first request has one fixed number.
 */
public final class BitTorrent {
    /** Peers, and trackers over UDP. */
    public static final Protocol PROTOCOL = Protocol.named("bittorrent", "BitTorrent")
        .tcpPorts(6881)
        .firstBytes(0x13, 0)
        .tcp(BitTorrent::peer)
        .udp(BitTorrent::tracker)
        .build();
    /** Search for peers on the local network (BEP 14). */
    public static final Protocol LOCAL = Protocol.named("bittorrent-lsd", "BitTorrent local service discovery")
        .udpPorts(6771)
        .firstBytes("B")
        .udp(BitTorrent::local)
        .build();

    private static final byte[] HANDSHAKE = "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEARCH = "BT-SEARCH * HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long TRACKER = 0x41727101980L;

    private BitTorrent() {
    }

    private static Answer peer(final Probe probe) {
        return probe.now().beginsWith(HANDSHAKE);
    }

    /** A request to connect: the number, action 0 and a transaction; the answer has its action and transaction. */
    private static Answer tracker(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u64(0) == TRACKER && probe.announced() >= 16 && now.u32(8) == 0) {
            return probe.yesFromClient();
        }
        return probe.announced() == 16 && now.u32(0) == 0 && probe.other().u64(0) == TRACKER
            && probe.other().u32(12) == now.u32(4) ? probe.yesFromServer() : Answer.NO;
    }

    private static Answer local(final Probe probe) {
        return probe.now().startsWith(SEARCH) ? probe.yesFromClient() : Answer.NO;
    }
}
