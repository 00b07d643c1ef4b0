package io.weir.protocol.websocket;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * WebSocket, RFC 6455: what an HTTP connection becomes after an upgrade. The HTTP parser tells it; from the middle, a
 * text of either side does.
 */
public final class WebSocket {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    /** WebSocket, named as Suricata does. */
    public static final Protocol PROTOCOL = Protocol.named("websocket", "WebSocket")
        .firstBytes(TEXT, BINARY).tcp(WebSocket::detect).build();

    private static final int MASKED = 0x80;
    /** Longest payload whose length is one byte. */
    private static final int SHORT = 125;
    private static final int LEAST_TEXT = 4;

    private WebSocket() {
    }

    /** Both sides begin with whole short frames, masked by the client alone, and one of them is readable. */
    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        if (!probe.isMidStream() || !mayBegin(now) || !other.isEmpty() && !mayBegin(other)) {
            return Answer.NO;
        }
        if (!isWhole(now) || other.isEmpty() || !isWhole(other)) {
            return Answer.MORE;
        }
        final boolean masked = now.u8(1) >= MASKED;
        if (masked == other.u8(1) >= MASKED || !isText(now) && !isText(other)) {
            return Answer.NO;
        }
        return masked ? probe.yesFromClient() : probe.yesFromServer();
    }

    private static boolean mayBegin(final Bytes bytes) {
        return (bytes.u8(0) == TEXT || bytes.u8(0) == BINARY) && (bytes.u8(1) & ~MASKED) <= SHORT;
    }

    private static boolean isWhole(final Bytes frame) {
        return frame.length() > 1 && frame.has(2, (frame.u8(1) & ~MASKED) + (frame.u8(1) >= MASKED ? 4 : 0));
    }

    private static boolean isText(final Bytes frame) {
        final boolean masked = frame.u8(1) >= MASKED;
        final int length = frame.u8(1) & ~MASKED;
        final int from = masked ? 6 : 2;
        for (int i = 0; i < length; i++) {
            final int value = frame.u8(from + i) ^ (masked ? frame.u8(2 + (i & 3)) : 0);
            if (value < ' ' && value != '\t' && value != '\r' && value != '\n' || value == 0x7f) {
                return false;
            }
        }
        return frame.u8(0) == TEXT && length >= LEAST_TEXT;
    }
}
