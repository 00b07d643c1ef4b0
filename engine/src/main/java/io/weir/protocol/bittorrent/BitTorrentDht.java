package io.weir.protocol.bittorrent;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * BitTorrent's distributed hash table (BEP 5): each datagram is one bencoded dictionary, whose keys are sorted, so
 * that its kind comes last.
 */
public final class BitTorrentDht {
    /** The protocol; named as Suricata does. */
    public static final Protocol PROTOCOL = Protocol.named("bittorrent-dht", "BitTorrent DHT")
        .firstBytes("d")
        .udp(BitTorrentDht::detect)
        .build();

    private static final byte[] QUERY = "d1:ad2:id20:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESPONSE = "d1:rd2:id20:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KIND = "1:y1:".getBytes(StandardCharsets.US_ASCII);

    private BitTorrentDht() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.startsWith(QUERY)) {
            return probe.yesFromClient();
        }
        if (now.startsWith(RESPONSE)) {
            return probe.yesFromServer();
        }
        final int end = now.length();
        final int kind = now.u8(end - 2);
        return now.u8(1) >= '1' && now.u8(1) <= '9' && now.u8(2) == ':' && now.u8(end - 1) == 'e'
            && (kind == 'q' || kind == 'r' || kind == 'e') && now.matches(end - 7, KIND) ? Answer.YES : Answer.NO;
    }
}
