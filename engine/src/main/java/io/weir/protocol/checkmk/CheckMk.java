package io.weir.protocol.checkmk;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Monitoring by Checkmk: what its agent tells. */
public final class CheckMk {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("check-mk", "Checkmk")
        .tcpPorts(6556)
        .firstBytes("<")
        .tcp(CheckMk::detect)
        .build();

    private static final byte[] SECTION = "<<<check_mk>>>".getBytes(StandardCharsets.US_ASCII);

    private CheckMk() {
    }

    /** Recognises the first section, which the server sends unasked. */
    static Answer detect(final Probe probe) {
        final Answer answer = probe.now().beginsWith(SECTION);
        return answer == Answer.YES && probe.fromClient() ? Answer.YES_TURNED : answer;
    }
}
