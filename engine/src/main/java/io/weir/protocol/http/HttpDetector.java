package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.base.Ascii;
import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/** Recognises HTTP/1.x by a request line or a status line at the beginning of a direction. */
final class HttpDetector {
    private static final byte[] NAME = "HTTP/".getBytes(US_ASCII);
    private static final byte[] ABSOLUTE = "http".getBytes(US_ASCII);
    /** A status line up to the third digit: {@code HTTP/1.1 200}. */
    private static final int STATUS_END = 12;
    /** What mostly stands between the name and the status. */
    private static final byte[] USUAL = {'1', '.', '1', ' '};
    private static final byte[] GET = {'G', 'E', 'T', ' ', '/'};
    /** Empty lines and blanks that servers pass over in front of a request. */
    private static final int MOST_BLANKS = 16;
    /** A known method and that much of a target without a fault is a request, although its line goes on. */
    private static final int LONG_TARGET = 1024;

    private HttpDetector() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer response = response(now);
        if (response == Answer.YES) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        if (now.u8(0) == '<' && isUnended(probe.other())) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        final Answer request = request(now);
        if (request == Answer.YES) {
            return probe.fromClient() ? Answer.YES : Answer.YES_TURNED;
        }
        return response == Answer.MORE ? response : request;
    }

    /** The other side has sent {@code GET /} without an end, as clients of HTTP/0.9 may: markup answers it. */
    private static boolean isUnended(final Bytes other) {
        return other.startsWith(GET) && other.indexOf('\n', 0) < 0 && request(other) == Answer.MORE;
    }

    private static Answer response(final Bytes now) {
        final Answer begun = now.beginsWith(NAME);
        if (begun != Answer.YES) {
            return begun;
        }
        if (now.matches(NAME.length, USUAL) && now.decimal(STATUS_END - 3, STATUS_END) >= 0) {
            return Answer.YES;
        }
        final int end = Math.min(now.length(), STATUS_END);
        for (int i = NAME.length; i < end; i++) {
            final int value = now.u8(i);
            final boolean fits = i == NAME.length ? value == '1' || value == '0'
                : i == NAME.length + 1 ? value == '.'
                : i == NAME.length + 3 ? value == ' '
                : isDigit(value);
            if (!fits) {
                return Answer.NO;
            }
        }
        return end == STATUS_END ? Answer.YES : Answer.MORE;
    }

    private static Answer request(final Bytes now) {
        if (now.startsWith(GET)) {
            return target(now, GET.length - 2, true);
        }
        int at = 0;
        while (at < MOST_BLANKS && isBlank(now.u8(at))) {
            at++;
        }
        final int method = at;
        while (at < now.length() && Method.isPart(now.u8(at))) {
            at++;
        }
        final int length = at - method;
        if (length > Method.MOST) {
            return Answer.NO;
        }
        if (at == now.length()) {
            return Answer.MORE;
        }
        if (length == 0 || now.u8(at) != ' ' && now.u8(at) != '\t') {
            return Answer.NO;
        }
        return target(now, at, Method.isKnown(now, method, length));
    }

    /**
     * The rest of a request line, from the blank behind the method on.
     *
     * @param known if the method is in use: then the version may be lacking, as in HTTP/0.9 or by mistake
     */
    private static Answer target(final Bytes now, final int from, final boolean known) {
        int at = from;
        int target = -1;
        while (at < now.length()) {
            final int value = now.u8(at);
            if (value == ' ' || value == '\t') {
                at++;
                final Answer version = version(now, at);
                if (version != Answer.NO) {
                    return version;
                }
            } else if (value < ' ') {
                return isLineEnd(value) && known && now.u8(target) == '/' ? Answer.YES : Answer.NO;
            } else if (value > '~' && !known) {
                return Answer.NO;
            } else {
                target = target < 0 ? at : target;
                at = known ? Line.wordEnd(now, at, now.length()) : at + 1;
            }
        }
        if (at - from < LONG_TARGET) {
            return Answer.MORE;
        }
        return known && (now.u8(target) == '/' || now.matchesIgnoringCase(target, ABSOLUTE)) ? Answer.YES : Answer.NO;
    }

    /** {@code HTTP/1.} or {@code HTTP/0.}: other versions and RTSP or SIP are no HTTP/1.x. */
    private static Answer version(final Bytes now, final int at) {
        final int first = now.u8(at);
        if (first >= 0 && Ascii.lower(first) != 'h') {
            return Answer.NO;
        }
        if (!now.matchesIgnoringCase(at, NAME)) {
            return now.length() - at < NAME.length && isPartOfName(now, at) ? Answer.MORE : Answer.NO;
        }
        final int major = now.u8(at + NAME.length);
        if (major < 0 || (major == '1' || major == '0') && now.u8(at + NAME.length + 1) < 0) {
            return Answer.MORE;
        }
        return (major == '1' || major == '0') && now.u8(at + NAME.length + 1) == '.' ? Answer.YES : Answer.NO;
    }

    /** True if what is there from a place on is how the name begins. */
    private static boolean isPartOfName(final Bytes now, final int from) {
        for (int at = from; at < now.length(); at++) {
            if (Ascii.lower(now.u8(at)) != Ascii.lower(NAME[at - from])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    private static boolean isLineEnd(final int value) {
        return value == '\r' || value == '\n';
    }

    private static boolean isBlank(final int value) {
        return value == ' ' || isLineEnd(value);
    }
}
