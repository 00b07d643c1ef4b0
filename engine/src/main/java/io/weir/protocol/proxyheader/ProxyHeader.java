package io.weir.protocol.proxyheader;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * The PROXY protocol, versions 1 and 2, as the HAProxy project describes it: a header in front of a connection that a
 * load balancer passes on. What follows is recognised anew.
 */
public final class ProxyHeader {
    /** PROXY protocol. */
    public static final Protocol PROTOCOL = Protocol.named("proxy-protocol", "PROXY protocol")
        .firstBytes("P\r")
        .tcp(ProxyHeader::detect)
        .streamParser(ProxyHeaderParser::new)
        .build();

    /** Longest header of version 1, with its line end. */
    static final int LONGEST_LINE = 107;
    /** Version 2 up to the length of the addresses. */
    static final int FIXED = 16;
    static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    private static final byte[][] LINES = {
        "PROXY TCP4 ".getBytes(US_ASCII), "PROXY TCP6 ".getBytes(US_ASCII), "PROXY UNKNOWN".getBytes(US_ASCII),
    };

    private ProxyHeader() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer answer = now.u8(0) == '\r' ? version2(now) : version1(now);
        return answer == Answer.YES && !probe.fromClient() ? Answer.YES_TURNED : answer;
    }

    private static Answer version2(final Bytes now) {
        final Answer begun = now.beginsWith(SIGNATURE);
        if (begun != Answer.YES) {
            return begun;
        }
        final int command = now.u8(SIGNATURE.length);
        final int family = now.u8(SIGNATURE.length + 1);
        final boolean fits = (command < 0 || command == 0x20 || command == 0x21)
            && (family < 0 || family >> 4 <= 3 && (family & 0xf) <= 2);
        return !fits ? Answer.NO : family < 0 ? Answer.MORE : Answer.YES;
    }

    private static Answer version1(final Bytes now) {
        Answer answer = Answer.NO;
        for (final byte[] line : LINES) {
            final Answer begun = now.beginsWith(line);
            if (begun == Answer.YES) {
                return lineEnd(now, line.length);
            }
            answer = begun == Answer.MORE ? begun : answer;
        }
        return answer;
    }

    private static Answer lineEnd(final Bytes now, final int from) {
        final int end = now.indexOf('\n', from);
        final int known = end < 0 ? now.length() : end;
        if (known >= LONGEST_LINE || end >= 0 && now.u8(end - 1) != '\r') {
            return Answer.NO;
        }
        for (int i = from; i < known - 1; i++) {
            if (now.u8(i) < ' ' || now.u8(i) > '~') {
                return Answer.NO;
            }
        }
        return end < 0 ? Answer.MORE : Answer.YES;
    }
}
