package io.weir.protocol.openwire;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** ActiveMQ's OpenWire: length, type of the first command (wire format), and the magic "ActiveMQ". */
public final class OpenWire {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("openwire", "OpenWire (ActiveMQ)")
        .tcpPorts(61616)
        .firstBytes(0)
        .tcp(OpenWire::detect)
        .build();

    private static final byte[] MAGIC = "ActiveMQ".getBytes(StandardCharsets.US_ASCII);

    private OpenWire() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 7 || b.length() > 4 && b.u8(4) != 1) {
            return Answer.NO;
        }
        return b.length() < 13 ? Answer.MORE : b.matches(5, MAGIC) ? Answer.YES : Answer.NO;
    }
}
