package io.weir.protocol.hl7;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** HL7 version 2 over its lower layer: 0x0B, then a message header segment with its delimiters. */
public final class Hl7 {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("hl7", "HL7 version 2")
        .tcpPorts(2575)
        .firstBytes(0x0b)
        .tcp(Hl7::detect)
        .build();

    private static final byte[] BEGIN = {0x0b, 'M', 'S', 'H', '|', '^', '~', '\\', '&'};

    private Hl7() {
    }

    private static Answer detect(final Probe probe) {
        return probe.now().beginsWith(BEGIN);
    }
}
