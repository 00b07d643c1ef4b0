package io.weir.protocol.tivoconnect;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** TiVo's search for devices on the local network: lines of names and values. */
public final class TivoConnect {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tivoconnect", "TiVoConnect discovery")
        .tcpPorts(2190)
        .udpPorts(2190)
        .firstBytes("T")
        .tcp(TivoConnect::detect)
        .udp(TivoConnect::detect)
        .build();

    private static final byte[] BEGINNING = "TiVoConnect=1\n".getBytes(StandardCharsets.US_ASCII);

    private TivoConnect() {
    }

    private static Answer detect(final Probe probe) {
        final Answer begins = probe.now().beginsWith(BEGINNING);
        return probe.isUdp() && begins == Answer.MORE ? Answer.NO : begins;
    }
}
