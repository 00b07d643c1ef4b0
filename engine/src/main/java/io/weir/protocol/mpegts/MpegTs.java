package io.weir.protocol.mpegts;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Transport streams of MPEG-2 in datagrams (ISO 13818-1). */
public final class MpegTs {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mpeg-ts", "MPEG Transport Stream")
        .firstBytes(0x47)
        .udp(MpegTs::detect)
        .build();

    private static final int PACKET = 188;
    private static final int SYNC = 0x47;

    private MpegTs() {
    }

    /** Recognises packets of 188 bytes, each of which begins in the same way. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (probe.announced() % PACKET != 0) {
            return Answer.NO;
        }
        int packets = 0;
        for (int at = 0; now.has(at, 4); at += PACKET) {
            if (now.u8(at) != SYNC || (now.u8(at + 3) & 0x30) == 0) {
                return Answer.NO;
            }
            packets++;
        }
        final boolean again = probe.before().u8(0) == SYNC && probe.before().length() == Probe.MAX_EARLIER;
        return packets > 2 || packets > 0 && again ? Answer.YES : Answer.NO;
    }
}
