package io.weir.protocol.ceph;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Ceph: both sides begin with the banner of messenger version 1 or 2. */
public final class Ceph {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ceph", "Ceph")
        .tcpPorts(3300, 6789)
        .firstBytes("c")
        .tcp(Ceph::detect)
        .build();

    private static final byte[] BANNER = "ceph v".getBytes(StandardCharsets.US_ASCII);

    private Ceph() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(BANNER);
        if (begins != Answer.YES || b.length() < 8) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        return b.u8(6) == '0' && b.u8(7) >= '1' && b.u8(7) <= '9' || b.u8(6) >= '1' && b.u8(6) <= '9' && b.u8(7) == '\n'
            ? Answer.YES : Answer.NO;
    }
}
