package io.weir.protocol.tplink;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * TP-Link's smart home protocol: JSON of which each byte is combined with the one before (the first with 171); over
 * TCP behind a length. And their discovery: JSON in the clear behind a header with a length.
 */
public final class TpLinkShp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("tplink-shp", "TP-Link Smart Home")
        .tcpPorts(9999)
        .udpPorts(9999, 20002, 20004)
        .firstBytes(0, 2, 0xd0)
        .tcp(TpLinkShp::tcp)
        .udp(TpLinkShp::udp)
        .build();

    private static final int KEY = 171;
    private static final int CHECKED = 12;
    private static final int DISCOVERY = 16;

    private TpLinkShp() {
    }

    private static Answer udp(final Probe probe) {
        if (probe.now().u8(0) == 2) {
            return isDiscovery(probe) ? Answer.YES : Answer.NO;
        }
        final Answer answer = probe.now().u8(0) == (KEY ^ '{') ? json(probe.now(), 0) : Answer.NO;
        return answer == Answer.YES ? answer : Answer.NO;
    }

    /** Version 2, a kind, operation 1, length of the content, flags, a number, a checksum, and an object of JSON. */
    private static boolean isDiscovery(final Probe probe) {
        final Bytes b = probe.now();
        return b.u8(1) == 0 && b.u16(2) == 1 && b.u16(4) == probe.announced() - DISCOVERY && b.u8(7) == 0
            && b.u16(DISCOVERY) == ('{' << 8 | '"');
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
