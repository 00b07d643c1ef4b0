package io.weir.protocol.nats;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** NATS: the server begins with INFO, the client with CONNECT, each with a JSON object. */
public final class Nats {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("nats", "NATS").tcpPorts(4222)
        .firstBytes("IC").tcp(Nats::detect).build();

    private static final byte[] INFO = "INFO {".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECT = "CONNECT {".getBytes(StandardCharsets.US_ASCII);

    private Nats() {
    }

    static Answer detect(final Probe probe) {
        final boolean info = probe.now().u8(0) == INFO[0];
        final Answer answer = probe.now().beginsWith(info ? INFO : CONNECT);
        return answer != Answer.YES ? answer : info ? probe.yesFromServer() : probe.yesFromClient();
    }
}
