package io.weir.protocol.gaijin;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** What War Thunder and its kin report: lines of measurements with tags, of which the project's is always there. */
public final class Gaijin {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("gaijin", "Gaijin Entertainment")
        .firstByteRange('a', 'z')
        .udp(Gaijin::detect)
        .build();

    private static final byte[] TAGS = ",env=production,circuit=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROJECT = ",application=".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME = 64;

    private Gaijin() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int comma = b.indexOf(',', 0, NAME);
        return comma > 0 && b.matches(comma, TAGS) && b.indexOf(PROJECT, comma) > 0 ? probe.yesFromClient()
            : Answer.NO;
    }
}
