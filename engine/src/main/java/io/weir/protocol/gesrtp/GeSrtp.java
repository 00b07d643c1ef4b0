package io.weir.protocol.gesrtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * GE's Service Request Transport Protocol: the client begins with 56 zero bytes, which the server answers with 01
 * and 55 nearly empty ones. On other ports both must be seen.
 */
public final class GeSrtp {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ge-srtp", "GE SRTP")
        .tcpPorts(18245, 18246)
        .firstBytes(0, 1)
        .tcp(GeSrtp::detect)
        .build();

    private static final int MAILBOX = 56;

    private GeSrtp() {
    }

    private static Answer detect(final Probe probe) {
        final Answer one = mailbox(probe.now());
        if (one != Answer.YES) {
            return one;
        }
        if (!probe.onPort(18245) && !probe.onPort(18246)) {
            return elsewhere(probe);
        }
        return probe.now().u8(0) == 0 ? probe.yesFromClient() : probe.yesFromServer();
    }

    private static Answer elsewhere(final Probe probe) {
        if (probe.now().u8(0) == 0) {
            return probe.now().length() == MAILBOX && probe.other().isEmpty() ? Answer.MORE : Answer.NO;
        }
        return probe.now().length() == MAILBOX && probe.other().length() == MAILBOX && probe.other().u8(0) == 0
            && mailbox(probe.other()) == Answer.YES ? probe.yesFromServer() : Answer.NO;
    }

    /** All of it is zero but the first byte of an answer and one flag that servers set. */
    private static Answer mailbox(final Bytes b) {
        for (int i = 1; i < Math.min(MAILBOX, b.length()); i++) {
            if (b.u8(i) != 0 && (i != 8 || b.u8(i) > 0x0f)) {
                return Answer.NO;
            }
        }
        return b.length() < MAILBOX ? Answer.MORE : Answer.YES;
    }
}
