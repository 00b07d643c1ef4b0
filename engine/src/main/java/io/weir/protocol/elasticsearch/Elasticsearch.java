package io.weir.protocol.elasticsearch;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Elasticsearch's transport protocol: "ES", length, request, status and version. */
public final class Elasticsearch {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("elasticsearch", "Elasticsearch transport")
        .tcpPorts(9300)
        .firstBytes("E")
        .tcp(Elasticsearch::detect)
        .build();

    private static final int LONGEST = 1 << 30;

    private Elasticsearch() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != 'S') {
            return Answer.NO;
        }
        if (b.length() < 6) {
            return Answer.MORE;
        }
        if (b.u32(2) == 0xffff_ffffL) {
            return probe.yesFromClient();
        }
        if (b.length() < 19) {
            return Answer.MORE;
        }
        final int status = b.u8(14);
        return b.u32(2) >= 13 && b.u32(2) < LONGEST && b.u16(6) == 0 && status <= 0x1f && b.u8(15) == 0
            && b.u24(16) >= 0x1000 ? (status & 1) == 0 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
