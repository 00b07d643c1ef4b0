package io.weir.protocol.ncp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** NetWare Core Protocol over TCP: a word for requests and one for answers, a length, and the type of what follows. */
public final class Ncp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ncp", "NetWare Core Protocol")
        .tcpPorts(524)
        .firstBytes("Dt")
        .tcp(Ncp::detect)
        .build();

    private static final int REQUEST = 0x446d6454;
    private static final int ANSWER = 0x744e6350;
    private static final int REQUEST_HEADER = 16;
    private static final int ANSWER_HEADER = 8;
    private static final int LONGEST = 1 << 17;

    private Ncp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.length() < ANSWER_HEADER) {
            return now.length() >= 4 && now.u32(0) != REQUEST && now.u32(0) != ANSWER ? Answer.NO : Answer.MORE;
        }
        final boolean request = now.u32(0) == REQUEST;
        // Its highest bit says that a signature follows.
        final long length = now.u32(4) & 0x7fff_ffffL;
        if (!request && now.u32(0) != ANSWER || length < (request ? REQUEST_HEADER : ANSWER_HEADER)
            || length > LONGEST) {
            return Answer.NO;
        }
        return request ? probe.yesFromClient() : probe.yesFromServer();
    }
}
