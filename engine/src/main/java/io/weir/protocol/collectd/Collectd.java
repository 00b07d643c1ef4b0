package io.weir.protocol.collectd;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Figures of systems (the binary protocol of collectd). */
public final class Collectd {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("collectd", "collectd")
        .udpPorts(25826)
        .firstBytes(0, 1, 2)
        .udp(Collectd::detect)
        .build();

    private static final int MAX_PARTS = 8;

    private Collectd() {
    }

    /** Recognises a message by its parts: known types whose lengths fill it. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        int at = 0;
        int parts = 0;
        while (now.has(at, 4) && parts < MAX_PARTS) {
            final int type = now.u16(at);
            final int length = now.u16(at + 2);
            final boolean known = type <= 9 || type == 0x100 || type == 0x101 || type == 0x200 || type == 0x210;
            final boolean text = type <= 7 && type != 1 && type != 6 && type != 7;
            if (!known || length < 5 || text && at + length <= now.length() && now.u8(at + length - 1) != 0) {
                return Answer.NO;
            }
            at += length;
            parts++;
        }
        return parts > 1 && (at == probe.announced() || parts == MAX_PARTS) ? Answer.YES : Answer.NO;
    }
}
