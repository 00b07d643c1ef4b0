package io.weir.protocol.http2;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.http.Http;
import io.weir.protocol.http.HttpBuffers;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/2 in clear text, RFC 9113, gRPC too: the client's connection preface and the SETTINGS frame that opens each
 * side. One record for each stream, with the fields of HTTP/1.x, and one for each message of DNS that it carries
 * (RFC 8484). Over TLS only the name that ALPN agrees on is to be
 * seen.
 */
public final class Http2 {
    /** HTTP/2, named as Suricata does. */
    public static final Protocol PROTOCOL = Protocol.named("http2", "Hypertext Transfer Protocol 2")
        .firstBytes("P").firstBytes(0)
        .tcp(Http2::detect)
        .streamParser(Http2Parser::new)
        .fields(Http2Fields.ALL)
        .fields(HttpBuffers.shared())
        .records(Http.RECORD)
        .events(Http2Events.all())
        .build();

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int FRAME_HEADER = 9;
    private static final int SETTING = 6;
    private static final int SETTINGS_TYPE = 4;
    /** More settings than any implementation sends in its first frame. */
    private static final int MOST_SETTINGS = 16;
    /** The greatest number in use: SETTINGS_NO_RFC7540_PRIORITIES, RFC 9218. */
    private static final int LAST_SETTING = 9;

    private Http2() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final boolean preface = now.u8(0) == 'P';
        final Answer answer = preface ? preface(now) : settings(now, 0);
        final boolean turned = answer == Answer.YES && preface != probe.fromClient();
        return turned ? Answer.YES_TURNED : answer;
    }

    private static Answer preface(final Bytes now) {
        final Answer answer = now.beginsWith(PREFACE);
        if (answer != Answer.YES) {
            return answer;
        }
        final int at = PREFACE.length;
        if (now.length() < at + FRAME_HEADER) {
            return Answer.MORE;
        }
        return now.u8(at + 3) == SETTINGS_TYPE && now.u24(at) % SETTING == 0 ? Answer.YES : Answer.NO;
    }

    /** A SETTINGS frame on stream 0 that is no acknowledgement and whose first setting has a known number. */
    private static Answer settings(final Bytes now, final int at) {
        final int length = now.u24(at);
        final boolean fits = now.u8(at) <= 0 && now.u8(at + 1) <= 0
            && (length < 0 || length > 0 && length % SETTING == 0 && length <= MOST_SETTINGS * SETTING)
            && (now.u8(at + 3) == SETTINGS_TYPE || now.u8(at + 3) < 0)
            && now.u8(at + 4) <= 0 && now.u8(at + 5) <= 0 && now.u32(at + 5) <= 0;
        if (!fits) {
            return Answer.NO;
        }
        final int identifier = now.u16(at + FRAME_HEADER);
        if (identifier < 0) {
            return Answer.MORE;
        }
        return identifier >= 1 && identifier <= LAST_SETTING ? Answer.YES : Answer.NO;
    }
}
