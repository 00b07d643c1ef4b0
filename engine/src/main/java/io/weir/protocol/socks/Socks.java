package io.weir.protocol.socks;

import io.weir.protocol.Protocol;

/** SOCKS 4, 4a and 5 (RFC 1928): what follows the proxy's consent is recognised anew. */
public final class Socks {
    /** SOCKS. */
    public static final Protocol PROTOCOL = Protocol.named("socks", "SOCKS")
        .tcpPorts(1080, 9050)
        .firstBytes(0, 4, 5)
        .tcp(SocksDetector::detect)
        .streamParser(SocksParser::new)
        .build();

    static final int VERSION_4 = 4;
    static final int VERSION_5 = 5;
    /** Length of every reply of SOCKS 4. */
    static final int REPLY_4 = 8;
    /** Granted; up to three more stand for refusals. */
    static final int GRANTED_4 = 0x5a;
    static final int LAST_REPLY_4 = 0x5d;
    /** No method is acceptable. */
    static final int NO_METHOD = 0xff;

    private Socks() {
    }
}
