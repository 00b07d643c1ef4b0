package io.weir.protocol.saphana;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** SAP HANA's SQL command network protocol: the initialization request and its reply. */
public final class SapHana {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("sap-hana", "SAP HANA")
        .tcpPorts(30015, 30013, 39015)
        .firstBytes(0xff)
        .tcp(SapHana::detect)
        .build();

    private static final byte[] BEGIN = {-1, -1, -1, -1, 4, 32, 0, 4, 1, 0, 0, 1, 1, 1};

    private SapHana() {
    }

    private static Answer detect(final Probe probe) {
        final Answer begins = probe.now().beginsWith(BEGIN);
        return begins == Answer.YES ? probe.yesFromClient() : begins;
    }
}
