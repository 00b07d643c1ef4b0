package io.weir.protocol.finger;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;

/** Finger (RFC 1288): a line of the client on the port of the service, answered by text. */
public final class Finger {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("finger", "Finger").tcpPorts(79)
        .tcp(Finger::detect).build();

    private static final int LONGEST_QUERY = 128;
    private static final int ENOUGH = 12;

    private Finger() {
    }

    static Answer detect(final Probe probe) {
        if (probe.serverPort() != 79) {
            return Answer.NO;
        }
        final Bytes query = probe.client();
        final Bytes answer = probe.server();
        final int end = Lines.end(query, 0);
        final boolean whole = end < query.length();
        if (end > LONGEST_QUERY || whole && end + 1 < query.length() || !Lines.areText(query, 0, end)
            || !Lines.areText(answer, 0, Lines.end(answer, 0))) {
            return Answer.NO;
        }
        return whole && answer.length() >= ENOUGH ? Answer.YES : Answer.MORE;
    }
}
