package io.weir.protocol.uftp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * UFTP, encrypted multicast file transfer: version, function, sequence number, source and group, and a message
 * that says its function again.
 */
public final class Uftp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("uftp", "UFTP")
        .udpPorts(1044)
        .firstBytes(0x30, 0x40, 0x50)
        .udp(Uftp::detect)
        .build();

    private static final int HEADER = 16;
    private static final int ANNOUNCE = 1;
    private static final int MOST_FUNCTION = 23;

    private Uftp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        final int function = b.u8(1);
        final int words = b.u8(HEADER + 1);
        if (function < ANNOUNCE || function > MOST_FUNCTION || b.u8(HEADER) != function || words < 1
            || HEADER + 4 * words > length) {
            return Answer.NO;
        }
        if (function == ANNOUNCE && HEADER + 4 * words == length && words >= 5) {
            return probe.yesFromClient();
        }
        final Bytes before = probe.before();
        return before.u8(0) == b.u8(0) && before.u32(4) == b.u32(4) && before.u32(8) == b.u32(8) ? Answer.YES
            : Answer.MORE;
    }
}
