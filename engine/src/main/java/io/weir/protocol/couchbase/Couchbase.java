package io.weir.protocol.couchbase;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.memcached.MemcachedBinary;

/**
 * Couchbase's data service: the binary protocol of memcached with commands of its own from 0x1f (HELO) on, and
 * flexible framing.
 */
public final class Couchbase {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("couchbase", "Couchbase")
        .tcpPorts(11210, 11207)
        .firstBytes(0x80, 0x81)
        .tcp(Couchbase::detect)
        .build();

    private Couchbase() {
    }

    private static Answer detect(final Probe probe) {
        return MemcachedBinary.detect(probe, 0, 0x1f, 0xfe);
    }
}
