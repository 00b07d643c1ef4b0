package io.weir.protocol.jrmi;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Java's remote method invocation: "JRMI", version 2, and the kind of protocol. */
public final class JavaRmi {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("java-rmi", "Java RMI")
        .tcpPorts(1099)
        .firstBytes("J")
        .tcp(JavaRmi::detect)
        .build();

    private static final byte[] BEGIN = {'J', 'R', 'M', 'I', 0, 2};

    private JavaRmi() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(BEGIN);
        if (begins != Answer.YES || b.length() < 7) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        return b.u8(6) >= 0x4b && b.u8(6) <= 0x4d ? probe.yesFromClient() : Answer.NO;
    }
}
