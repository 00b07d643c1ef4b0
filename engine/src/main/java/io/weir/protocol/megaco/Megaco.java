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
        .firstBytes("!M").udp(Megaco::detect).sctp(Megaco::detect, 7).build();

    private static final byte[] SHORT = "!/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG = "MEGACO/".getBytes(StandardCharsets.US_ASCII);
    private static final int ENOUGH = 2;

    private Megaco() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int at = now.startsWith(SHORT) ? SHORT.length : now.startsWith(LONG) ? LONG.length : -1;
        final int sender = now.u8(at + 2);
        return at > 0 && now.u8(at) >= '1' && now.u8(at) <= '4' && (now.u8(at + 1) == ' ' || now.u8(at + 1) == '\n')
            && (sender == '<' || sender == '[' || sender >= 'a' && sender <= 'z' || sender >= 'A' && sender <= 'Z')
            && isNameAndWord(now, at + 2) ? Answer.YES : Answer.NO;
    }

    /** The identifier, white space, and the word that begins a transaction or an error. */
    private static boolean isNameAndWord(final Bytes now, final int from) {
        int at = from;
        while (now.u8(at) > ' ' && now.u8(at) < 0x7f) {
            at++;
        }
        final int name = at - from;
        while (now.u8(at) == ' ' || now.u8(at) == '\r' || now.u8(at) == '\n' || now.u8(at) == '\t') {
            at++;
        }
        return name >= 2 && at > from + name && now.u8(at) >= 'A' && now.u8(at) <= 'z' && Lines.areText(now, at,
            at + ENOUGH);
    }
}
