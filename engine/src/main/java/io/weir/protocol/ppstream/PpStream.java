package io.weir.protocol.ppstream;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * PPStream, by which iQIYI distributes videos: number, length least significant byte first, and sixteen bytes of
 * identifiers that both sides repeat. Seen in captures; the format is not published.
 */
public final class PpStream {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ppstream", "PPStream")
        .udp(PpStream::detect)
        .build();

    private static final int PEER = 7;
    private static final int HEADER = 40;

    private PpStream() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        if (now.length() < HEADER || now.u16le(2) != probe.announced()) {
            return Answer.NO;
        }
        if (other.isEmpty()) {
            return Answer.MORE;
        }
        return other.length() >= HEADER && now.u8(1) == other.u8(1) + 0x20 | now.u8(1) + 0x20 == other.u8(1)
            && now.u32(PEER + 1) == other.u32(PEER + 1) && now.u64(22) == other.u64(22) && now.u64(22) != 0
            ? Answer.YES : Answer.NO;
    }
}
