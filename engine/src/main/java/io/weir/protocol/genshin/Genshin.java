package io.weir.protocol.genshin;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Genshin Impact's handshake before KCP: 20 bytes, of which the first and the last word and the number between are
 * fixed.
 */
public final class Genshin {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("genshin-impact", "Genshin Impact")
        .udpPorts(22101, 22102)
        .firstBytes(0)
        .udp(Genshin::detect)
        .encrypted()
        .build();

    private static final int LENGTH = 20;
    private static final long NUMBER = 0x499602d2L;

    private Genshin() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (probe.announced() != LENGTH || b.u32(12) != NUMBER) {
            return Answer.NO;
        }
        final long head = b.u32(0);
        final long tail = b.u32(16);
        return head == 0xff && tail == 0xffff_ffffL ? probe.yesFromClient()
            : head == 0x145 && tail == 0x14514545L ? probe.yesFromServer()
            : head == 0x194 && tail == 0x19419494L ? Answer.YES : Answer.NO;
    }
}
