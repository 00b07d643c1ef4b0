package io.weir.protocol.megaco;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import java.nio.charset.StandardCharsets;

/** Megaco/H.248 in its text form (RFC 3525): a version and the identifier of the sender. */
public final class Megaco {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("megaco", "Megaco/H.248").udpPorts(2944)
        .firstBytes("!M").udp(Megaco::detect).build();

    private static final byte[] SHORT = "!/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG = "MEGACO/".getBytes(StandardCharsets.US_ASCII);
    private static final int ENOUGH = 8;

    private Megaco() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int at = now.startsWith(SHORT) ? SHORT.length : now.startsWith(LONG) ? LONG.length : -1;
        final int sender = now.u8(at + 2);
        return at > 0 && now.u8(at) >= '1' && now.u8(at) <= '4' && (now.u8(at + 1) == ' ' || now.u8(at + 1) == '\n')
            && (sender == '<' || sender == '[' || sender >= 'a' && sender <= 'z' || sender >= 'A' && sender <= 'Z')
            && Lines.areText(now, at + 2, at + 2 + ENOUGH) && now.has(at + 2, ENOUGH) ? Answer.YES : Answer.NO;
    }
}
