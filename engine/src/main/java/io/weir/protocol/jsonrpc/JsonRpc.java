package io.weir.protocol.jsonrpc;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.stratum.Stratum;
import java.nio.charset.StandardCharsets;

/** JSON-RPC 2.0, right on TCP or in HTTP: objects with their version, closed, and with a method or an answer. */
public final class JsonRpc {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("json-rpc", "JSON-RPC")
        .firstBytes("{[")
        .tcp(JsonRpc::detect)
        .build();

    private static final byte[] VERSION = ascii("\"jsonrpc\"");
    private static final byte[] NUMBER = ascii("\"2.0\"");
    private static final byte[] METHOD = ascii("\"method\"");
    private static final byte[] RESULT = ascii("\"result\"");
    private static final byte[] ERROR = ascii("\"error\"");
    /** Between the member's name and its value. */
    private static final int MOST_SPACE = 4;
    private static final int BEGINNING = 2;

    private JsonRpc() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() >= BEGINNING && b.u8(1) > ' ' && b.u8(1) != '"' && b.u8(1) != '{') {
            return Answer.NO;
        }
        final int end = end(b);
        if (end < 0) {
            return b.length() < Probe.MAX_STREAM ? Answer.MORE : Answer.NO;
        }
        final int version = b.indexOf(VERSION, 0);
        final int number = version < 0 ? -1 : b.indexOf(NUMBER, version + VERSION.length);
        if (version < 0 || version > end || number < 0 || number - version - VERSION.length > MOST_SPACE
            || Stratum.isMining(b, end)) {
            return Answer.NO;
        }
        if (isBefore(b, METHOD, end)) {
            return probe.yesFromClient();
        }
        return isBefore(b, RESULT, end) || isBefore(b, ERROR, end) ? probe.yesFromServer() : Answer.NO;
    }

    private static boolean isBefore(final Bytes b, final byte[] word, final int end) {
        final int at = b.indexOf(word, 0);
        return at > 0 && at < end;
    }

    /** Where the first object or list is closed, or -1. */
    private static int end(final Bytes b) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < b.length(); i++) {
            final int value = b.u8(i);
            if (quoted) {
                i += value == '\\' ? 1 : 0;
                quoted = value != '"';
            } else if (value == '"') {
                quoted = true;
            } else if (value == '{' || value == '[') {
                depth++;
            } else if ((value == '}' || value == ']') && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
