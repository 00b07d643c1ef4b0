package io.weir.protocol.rtsp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/** Recognises RTSP by a request line, a status line or a row of interleaved frames. */
final class RtspDetector {
    static final byte[] NAME = "RTSP/".getBytes(US_ASCII);

    private static final byte[][] METHODS = {
        ascii("OPTIONS "), ascii("DESCRIBE "), ascii("SETUP "), ascii("PLAY "), ascii("PAUSE "), ascii("TEARDOWN "),
        ascii("ANNOUNCE "), ascii("RECORD "), ascii("GET_PARAMETER "), ascii("SET_PARAMETER "), ascii("REDIRECT "),
        ascii("PLAY_NOTIFY "),
    };
    /** A status line up to the third digit: {@code RTSP/1.0 200}. */
    private static final int STATUS_END = 12;
    private static final int LONGEST_TARGET = 1024;
    /** {@code $}, channel, length: RFC 2326, section 10.12. */
    private static final int FRAME_HEADER = 4;
    private static final int MOST_CHANNELS = 16;

    private RtspDetector() {
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(US_ASCII);
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == '$') {
            return probe.isMidStream() ? frames(now) : Answer.NO;
        }
        final Answer response = response(now);
        if (response == Answer.YES) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        final Answer request = request(now);
        // A server may send requests too, but not as the first.
        final boolean turned = request == Answer.YES && !probe.fromClient() && probe.other().isEmpty();
        return response == Answer.MORE ? response : turned ? Answer.YES_TURNED : request;
    }

    private static Answer response(final Bytes now) {
        final Answer begun = now.beginsWith(NAME);
        if (begun != Answer.YES) {
            return begun;
        }
        final int end = Math.min(now.length(), STATUS_END);
        for (int i = NAME.length; i < end; i++) {
            final int place = i - NAME.length;
            final int value = now.u8(i);
            if (place == 1 ? value != '.' : place == 3 ? value != ' ' : value < '0' || value > '9') {
                return Answer.NO;
            }
        }
        return end == STATUS_END ? Answer.YES : Answer.MORE;
    }

    private static Answer request(final Bytes now) {
        for (final byte[] method : METHODS) {
            final Answer begun = now.beginsWith(method);
            if (begun == Answer.YES) {
                return target(now, method.length);
            }
            if (begun == Answer.MORE) {
                return Answer.MORE;
            }
        }
        return Answer.NO;
    }

    private static Answer target(final Bytes now, final int from) {
        for (int at = from; at < now.length(); at++) {
            final int value = now.u8(at);
            if (value == ' ') {
                final int left = Math.min(NAME.length, now.length() - at - 1);
                for (int i = 0; i < left; i++) {
                    if (now.u8(at + 1 + i) != NAME[i]) {
                        return Answer.NO;
                    }
                }
                return left == NAME.length ? Answer.YES : Answer.MORE;
            }
            if (value < ' ') {
                return Answer.NO;
            }
        }
        return now.length() - from < LONGEST_TARGET ? Answer.MORE : Answer.NO;
    }

    /** Two frames of RTP or RTCP in a row. */
    private static Answer frames(final Bytes now) {
        final Answer first = frame(now, 0);
        if (first == Answer.NO || !now.has(0, FRAME_HEADER)) {
            return first;
        }
        final int next = FRAME_HEADER + now.u16(2);
        return next >= Probe.MAX_STREAM - FRAME_HEADER ? Answer.NO
            : next >= now.length() ? Answer.MORE : frame(now, next);
    }

    private static Answer frame(final Bytes now, final int at) {
        final int version = now.u8(at + FRAME_HEADER);
        if (now.u8(at) != '$' || now.u8(at + 1) >= MOST_CHANNELS || version >= 0 && version >> 6 != 2) {
            return Answer.NO;
        }
        return version >= 0 ? Answer.YES : Answer.MORE;
    }
}
