package io.weir.protocol.babel;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Babel, a routing protocol (RFC 8966): 42, version 2, and TLVs of the body's length. */
public final class Babel {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("babel", "Babel routing protocol")
        .udpPorts(6696)
        .firstBytes(42)
        .udp(Babel::detect)
        .udpByte(1, 2)
        .build();

    private static final int HEADER = 4;
    private static final int MOST_TYPE = 32;
    private static final int MOST_TLVS = 256;

    private Babel() {
    }

    /** What stands behind the body is a trailer of TLVs, as signatures are. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int end = HEADER + now.u16(2);
        if (now.u8(0) != 42 || now.u8(1) != 2 || end > now.length() || end == HEADER) {
            return Answer.NO;
        }
        return fits(now, HEADER, end, MOST_TYPE) && fits(now, end, now.length(), 0xff) ? Answer.YES : Answer.NO;
    }

    /** True if TLVs of known types end where they should. */
    private static boolean fits(final Bytes now, final int from, final int end, final int mostType) {
        int at = from;
        for (int i = 0; i < MOST_TLVS && at < end; i++) {
            if (now.u8(at) > mostType) {
                return false;
            }
            // one byte of padding has no length
            at += now.u8(at) == 0 ? 1 : 2 + Math.max(0, now.u8(at + 1));
        }
        return at == end;
    }
}
