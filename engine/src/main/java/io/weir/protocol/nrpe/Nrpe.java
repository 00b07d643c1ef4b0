package io.weir.protocol.nrpe;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * Nagios' checks on other hosts: version, question or answer, checksum, result, and a text; in version 2 with room of a
 * fixed size, later with its length before it.
 */
public final class Nrpe {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("nrpe", "Nagios Remote Plugin Executor")
        .tcpPorts(5666)
        .firstBytes(0)
        .tcp(Nrpe::detect)
        .build();

    private static final int TEXT_2 = 10;
    private static final int LENGTH_2 = 1036;
    private static final int LENGTH = 12;
    private static final int TEXT = 16;
    private static final int LONGEST = 1 << 16;
    private static final int SEEN = 4;

    private Nrpe() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int version = b.u16(0);
        final int kind = b.u16(2);
        if (b.length() > 1 && (version < 2 || version > 4) || b.length() > 3 && (kind < 1 || kind > 2)) {
            return Answer.NO;
        }
        if (b.length() < TEXT + SEEN) {
            return Answer.MORE;
        }
        final boolean fits;
        if (version == 2) {
            final int end = b.indexOf(0, TEXT_2);
            if (end < 0 || b.length() < LENGTH_2 && end >= 0 && !isText(b, TEXT_2, end)) {
                return end < 0 && b.length() < LENGTH_2 && isText(b, TEXT_2, b.length()) ? Answer.MORE : Answer.NO;
            }
            if (b.length() < LENGTH_2) {
                return Answer.MORE;
            }
            fits = b.length() == LENGTH_2 && isText(b, TEXT_2, end);
        } else {
            fits = b.u16(TEXT_2) == 0 && b.u32(LENGTH) > 0 && b.u32(LENGTH) < LONGEST && isText(b, TEXT, TEXT + SEEN);
        }
        return !fits ? Answer.NO : kind == 1 ? probe.yesFromClient() : probe.yesFromServer();
    }

    /** True for printable text, which a zero may close early. */
    private static boolean isText(final Bytes b, final int from, final int to) {
        final int end = b.indexOf(0, from, to);
        final int length = (end < 0 ? to : end) - from;
        return length > 0 && b.isPrintable(from, length);
    }
}
