package io.weir.protocol.avast;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Avast's secure DNS and licence service: "NOSA", the message's length, and its kind. */
public final class Avast {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("avast", "Avast")
        .firstBytes("N")
        .tcp(Avast::detect)
        .build();

    private static final byte[] MAGIC = "NOSA".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 10;

    private Avast() {
    }

    /** The length counts the whole; then 1, and 1 for a question or 2 for an answer. */
    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(MAGIC);
        if (begins != Answer.YES || b.length() < HEADER) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final int kind = b.u8(7);
        return b.u16(4) < HEADER || b.u16(4) > 4096 || b.u8(6) != 1 || b.u16(8) != 0 ? Answer.NO
            : kind == 1 ? probe.yesFromClient() : kind == 2 ? probe.yesFromServer() : Answer.NO;
    }
}
