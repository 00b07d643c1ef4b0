package io.weir.protocol.ookla;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Ookla's test of speed on TCP: the client says "HI", the server "HELLO" with its version and when it was built.
 * (Over HTTP it is told by its paths.)
 */
public final class Ookla {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ookla", "Ookla Speedtest")
        .firstBytes("H")
        .tcp(Ookla::detect)
        .build();

    private static final byte[] HI = "HI".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HELLO = "HELLO ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HI = 48;

    private Ookla() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) == 'I') {
            final int next = b.u8(2);
            return isHello(probe.other()) ? probe.yesFromClient() : b.length() > LONGEST_HI || b.length() > 2
                && next != ' ' && next != '\r' && next != '\n' ? Answer.NO : Answer.MORE;
        }
        final Answer begins = b.beginsWith(HELLO);
        if (begins != Answer.YES || b.length() < HELLO.length + 3) {
            return begins == Answer.NO ? Answer.NO : Answer.MORE;
        }
        return isHello(b) && probe.other().startsWith(HI) ? probe.yesFromServer() : Answer.NO;
    }

    /** "HELLO 2.9", a version of digits and a dot. */
    private static boolean isHello(final Bytes b) {
        final int at = HELLO.length;
        return b.startsWith(HELLO) && b.decimal(at, at + 1) >= 0 && b.u8(at + 1) == '.'
            && b.decimal(at + 2, at + 3) >= 0;
    }
}
