package io.weir.protocol.redis;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Redis serialization protocol: the client sends arrays of bulk strings, each with a length, or one of a few
 * commands as a line.
 */
public final class Redis {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("redis", "Redis (RESP)")
        .tcpPorts(6379)
        .firstBytes("*PI+")
        .tcp(Redis::detect)
        .build();

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "INFO\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 6;

    private Redis() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        switch (b.u8(0)) {
            case '*' -> {
                return array(probe);
            }
            case '+' -> {
                return whole(b.beginsWith(PONG), probe.yesFromServer());
            }
            case 'P' -> {
                return whole(b.beginsWith(PING), probe.yesFromClient());
            }
            default -> {
                return whole(b.beginsWith(INFO), probe.yesFromClient());
            }
        }
    }

    private static Answer whole(final Answer begins, final Answer side) {
        return begins == Answer.YES ? side : begins;
    }

    /** "*3 CRLF $3 CRLF SET CRLF": a count, a length, and a word of that length made of letters. */
    private static Answer array(final Probe probe) {
        final Bytes b = probe.now();
        final int first = endOfNumber(b, 1);
        if (first < 0 || b.length() <= first) {
            return first == -1 ? Answer.NO : Answer.MORE;
        }
        if (b.u8(first) != '$') {
            return Answer.NO;
        }
        final int second = endOfNumber(b, first + 1);
        if (second < 0) {
            return second == -1 ? Answer.NO : Answer.MORE;
        }
        final int length = (int) b.decimal(first + 1, second - 2);
        if (length < 1 || length > 64 || !b.isPrintable(second, Math.min(length, b.length() - second))) {
            return Answer.NO;
        }
        if (b.length() < second + length + 2) {
            return Answer.MORE;
        }
        return b.u16(second + length) == 0x0d0a ? probe.yesFromClient() : Answer.NO;
    }

    /** Place behind a number and CR LF; -1 if there is something else, -2 if more is needed. */
    private static int endOfNumber(final Bytes b, final int from) {
        int at = from;
        while (at < b.length() && at - from < DIGITS && b.u8(at) >= '0' && b.u8(at) <= '9') {
            at++;
        }
        if (at == b.length()) {
            return -2;
        }
        if (at == from || b.u8(at) != '\r') {
            return -1;
        }
        if (at + 1 == b.length()) {
            return -2;
        }
        return b.u8(at + 1) == '\n' ? at + 2 : -1;
    }
}
