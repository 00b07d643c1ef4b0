package io.weir.protocol.fix;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Financial Information eXchange: "8=FIX" with a version, then field 9 with the length, between bytes 01. */
public final class Fix {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("fix", "Financial Information eXchange")
        .firstBytes("8")
        .tcp(Fix::detect)
        .build();

    private static final byte[] BEGIN = "8=FIX".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_VERSION = 16;

    private Fix() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer begins = b.beginsWith(BEGIN);
        if (begins != Answer.YES) {
            return begins;
        }
        final int end = b.indexOf(1, BEGIN.length);
        if (end > LONGEST_VERSION || end < 0 && b.length() > LONGEST_VERSION) {
            return Answer.NO;
        }
        if (end < 0 || b.length() < end + 4) {
            return Answer.MORE;
        }
        return b.u8(end + 1) == '9' && b.u8(end + 2) == '=' && b.u8(end + 3) >= '0' && b.u8(end + 3) <= '9'
            ? Answer.YES : Answer.NO;
    }
}
