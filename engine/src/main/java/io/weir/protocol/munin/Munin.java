package io.weir.protocol.munin;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Monitoring by Munin: what its node tells. */
public final class Munin {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("munin", "Munin")
        .tcpPorts(4949)
        .firstBytes("#")
        .tcp(Munin::detect)
        .build();

    private static final byte[] GREETING = "# munin node at ".getBytes(StandardCharsets.US_ASCII);

    private Munin() {
    }

    /** Recognises the greeting of a node. */
    static Answer detect(final Probe probe) {
        final Answer answer = probe.now().beginsWith(GREETING);
        return answer == Answer.YES && probe.fromClient() ? Answer.YES_TURNED : answer;
    }
}
