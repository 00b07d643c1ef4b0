package io.weir.protocol.tplink;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * TP-Link's smart home protocol: JSON of which each byte is combined with the one before (the first with 171); over
 * TCP behind a length.
 */
public final class TpLinkShp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("tplink-shp", "TP-Link Smart Home")
        .tcpPorts(9999)
        .udpPorts(9999)
        .firstBytes(0, 0xd0)
        .tcp(TpLinkShp::tcp)
        .udp(TpLinkShp::udp)
        .build();

    private static final int KEY = 171;
    private static final int CHECKED = 12;

    private TpLinkShp() {
    }

    private static Answer udp(final Probe probe) {
        final Answer answer = probe.now().u8(0) == (KEY ^ '{') ? json(probe.now(), 0) : Answer.NO;
        return answer == Answer.YES ? answer : Answer.NO;
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0 || b.u8(1) > 0) {
            return Answer.NO;
        }
        return b.length() < 5 ? Answer.MORE : b.u32(0) < CHECKED ? Answer.NO : json(b, 4);
    }

    /** An opening brace and a quotation mark, then printable characters. */
    private static Answer json(final Bytes b, final int from) {
        int key = KEY;
        for (int i = 0; i < Math.min(CHECKED, b.length() - from); i++) {
            final int value = b.u8(from + i);
            final int plain = value ^ key;
            if (i == 0 && plain != '{' || i == 1 && plain != '"' || plain < ' ' || plain > '~') {
                return Answer.NO;
            }
            key = value;
        }
        return b.length() - from < CHECKED ? Answer.MORE : Answer.YES;
    }
}
