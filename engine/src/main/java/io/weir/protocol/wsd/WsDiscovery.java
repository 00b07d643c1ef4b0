package io.weir.protocol.wsd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** WS-Discovery, OASIS 1.1 and the draft of 2005 before it: SOAP envelopes in datagrams. */
public final class WsDiscovery {
    /** WS-Discovery. */
    public static final Protocol PROTOCOL = Protocol.named("wsd", "Web Services Dynamic Discovery")
        .udpPorts(3702)
        .firstBytes("<").firstBytes(0xef)
        .udp(WsDiscovery::detect)
        .build();

    private static final byte[][] NAMESPACES = {
        "schemas.xmlsoap.org/ws/2005/04/discovery".getBytes(US_ASCII),
        "docs.oasis-open.org/ws-dd/ns/discovery".getBytes(US_ASCII),
    };
    private static final byte[] ENVELOPE = "Envelope".getBytes(US_ASCII);
    private static final int BYTE_ORDER_MARK = 0xefbbbf;

    private WsDiscovery() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int start = now.u24(0) == BYTE_ORDER_MARK ? 3 : 0;
        if (now.u8(start) != '<' || now.indexOf(ENVELOPE, start) < 0) {
            return Answer.NO;
        }
        for (final byte[] namespace : NAMESPACES) {
            if (now.indexOf(namespace, start) >= 0) {
                return Answer.YES;
            }
        }
        return Answer.NO;
    }
}
