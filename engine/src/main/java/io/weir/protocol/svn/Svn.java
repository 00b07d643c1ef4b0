package io.weir.protocol.svn;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Subversion's own protocol: lists in brackets; the server begins, and both say which versions they speak. */
public final class Svn {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("svn", "Subversion")
        .tcpPorts(3690)
        .firstBytes("(")
        .tcp(Svn::detect)
        .build();

    private static final byte[] GREETING = ascii("( success ( ");
    private static final byte[] ABILITIES = ascii(" ( edit-pipeline ");
    private static final int OPENING = 2;

    private Svn() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final Answer greeting = b.beginsWith(GREETING);
        if (greeting == Answer.MORE) {
            return Answer.MORE;
        }
        if (greeting == Answer.YES) {
            return !b.has(GREETING.length, 1) ? Answer.MORE : isDigit(b.u8(GREETING.length)) ? probe.yesFromServer()
                : Answer.NO;
        }
        if (b.u8(0) != '(' || b.u8(1) > 0 && b.u8(1) != ' ' || b.u8(OPENING) > 0 && !isDigit(b.u8(OPENING))) {
            return Answer.NO;
        }
        return b.length() < OPENING + 1 + ABILITIES.length ? Answer.MORE
            : b.matches(OPENING + 1, ABILITIES) ? probe.yesFromClient() : Answer.NO;
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
