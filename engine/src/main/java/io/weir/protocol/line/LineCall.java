package io.weir.protocol.line;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * LINE's calls over its servers: what sets them up stands behind a type of six bits, a length of ten bits without these
 * four bytes, and a number that counts up. Seen in captures; the format is not published.
 */
public final class LineCall {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("line-call", "LINE call")
        .firstByteRange(0xd0, 0xdf)
        .udp(LineCall::detect)
        .encrypted()
        .build();

    private static final int HEADER = 4;
    private static final int TYPE = 0xfc;
    private static final int DATA = 0xd0;
    private static final int HELLO = 0xd8;
    /** Stands behind the header of a hello. */
    private static final int HELLO_MARK = 0x0602;
    private static final int MOST_STEP = 4;

    private LineCall() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!isMessage(now, probe.announced())) {
            return Answer.NO;
        }
        if ((now.u8(0) & TYPE) == HELLO) {
            return now.u16(HEADER) == HELLO_MARK ? Answer.YES : Answer.NO;
        }
        final Bytes before = probe.before();
        final int step = now.u16(2) - before.u16(2) & 0xffff;
        return (before.u8(0) & TYPE) == DATA && step >= 1 && step <= MOST_STEP ? Answer.YES : Answer.MORE;
    }

    private static boolean isMessage(final Bytes now, final int length) {
        final int type = now.u8(0) & TYPE;
        return (type == DATA || type == HELLO) && (now.u16(0) & 0x3ff) == length - HEADER && length > 2 * HEADER;
    }
}
