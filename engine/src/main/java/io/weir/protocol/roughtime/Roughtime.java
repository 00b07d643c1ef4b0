package io.weir.protocol.roughtime;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Roughtime: a count of tags, their offsets, which grow, and the tags, four letters each. */
public final class Roughtime {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("roughtime", "Roughtime")
        .udpPorts(2002)
        .firstByteRange(1, 16)
        .firstBytes("R")
        .udp(Roughtime::detect)
        .build();

    private static final byte[] MAGIC = "ROUGHTIM".getBytes(StandardCharsets.US_ASCII);
    private static final long NONCE = 0x4e4f4e43L;
    private static final long SIGNATURE = 0x53494700L;
    private static final int MOST_TAGS = 16;

    private Roughtime() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.startsWith(MAGIC)) {
            return b.u32le(8) == probe.announced() - 12 ? Answer.YES : Answer.NO;
        }
        final int count = (int) Math.min(b.u32le(0), MOST_TAGS + 1);
        if (count < 2 || count > MOST_TAGS) {
            return Answer.NO;
        }
        long last = 0;
        for (int i = 1; i < count; i++) {
            final long offset = b.u32le(4 * i);
            if (offset < last || (offset & 3) != 0 || offset > probe.announced()) {
                return Answer.NO;
            }
            last = offset;
        }
        for (int i = 0; i < count; i++) {
            final long tag = b.u32(4 * (count + i));
            if (tag == NONCE || tag == SIGNATURE) {
                return tag == NONCE ? probe.yesFromClient() : probe.yesFromServer();
            }
        }
        return Answer.NO;
    }
}
