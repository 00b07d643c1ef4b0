package io.weir.protocol.socks;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/**
 * Recognises SOCKS by the greeting or request of the client and the answer to it. The client says nothing more before
 * it is answered, so both have an exact length.
 */
final class SocksDetector {
    private static final int CONNECT = 1;
    private static final int BIND = 2;
    private static final int ASSOCIATE = 3;
    /** The last registered method of authentication; private ones start at 0x80. */
    private static final int LAST_METHOD = 9;
    private static final int FIRST_PRIVATE = 0x80;
    /** Version, command, port, address. */
    private static final int FIXED_4 = 8;
    private static final int LONGEST_NAME = 255;

    private SocksDetector() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        if (other.isEmpty()) {
            final Answer alone = request(now);
            // Most likely the server's side was heard first: the verdict waits for the other.
            return alone == Answer.NO && isReply(now) ? Answer.MORE : alone;
        }
        if (answers(now, other)) {
            return probe.fromClient() ? Answer.YES : Answer.YES_TURNED;
        }
        if (answers(other, now)) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        return mayAnswer(now, other) || mayAnswer(other, now) ? Answer.MORE : Answer.NO;
    }

    /** What one side says, heard alone: certain only if a greeting is followed by a request. */
    private static Answer request(final Bytes bytes) {
        return bytes.u8(0) == Socks.VERSION_5 ? request5(bytes)
            : bytes.u8(0) == Socks.VERSION_4 ? request4(bytes) : Answer.NO;
    }

    private static Answer request5(final Bytes bytes) {
        final int end = greetingEnd(bytes);
        if (end <= 0) {
            return end == 0 ? Answer.MORE : Answer.NO;
        }
        if (end == bytes.length()) {
            return Answer.MORE;
        }
        final int type = bytes.u8(end + 3);
        final boolean fits = bytes.u8(end) == Socks.VERSION_5
            && bytes.u8(end + 1) <= ASSOCIATE && bytes.u8(end + 1) != 0
            && bytes.u8(end + 2) <= 0 && (type < 0 || type == 1 || type == 3 || type == 4);
        return !fits ? Answer.NO : type < 0 ? Answer.MORE : Answer.YES;
    }

    private static Answer request4(final Bytes bytes) {
        final int command = bytes.u8(1);
        if (command >= 0 && command != CONNECT && command != BIND || bytes.u16(2) == 0) {
            return Answer.NO;
        }
        int at = FIXED_4;
        // SOCKS 4a: an address of 0.0.0.x is followed by a name behind the user.
        final int texts = bytes.u24(4) == 0 && bytes.u8(7) > 0 ? 2 : 1;
        for (int i = 0; i < texts; i++) {
            final int end = bytes.indexOf(0, at);
            if (end > at + LONGEST_NAME || !bytes.isPrintable(at, (end < 0 ? bytes.length() : end) - at)) {
                return end < 0 && bytes.length() <= at ? Answer.MORE : Answer.NO;
            }
            if (end < 0) {
                return bytes.length() - at <= LONGEST_NAME ? Answer.MORE : Answer.NO;
            }
            at = end + 1;
        }
        return at == bytes.length() ? Answer.MORE : Answer.NO;
    }

    /** Where a greeting of SOCKS 5 ends; 0 if its end is not there yet, -1 if it is none. */
    private static int greetingEnd(final Bytes bytes) {
        final int count = bytes.u8(1);
        if (count == 0 || count > LAST_METHOD + 1) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            final int method = bytes.u8(2 + i);
            if (method > LAST_METHOD && method < FIRST_PRIVATE || method == Socks.NO_METHOD) {
                return -1;
            }
        }
        return count > 0 && bytes.has(2, count) ? 2 + count : 0;
    }

    /** True if one side has sent a whole greeting or request, and the other's bytes answer just that. */
    private static boolean answers(final Bytes asking, final Bytes answering) {
        if (asking.u8(0) == Socks.VERSION_5) {
            final int end = greetingEnd(asking);
            return end > 0 && isMethodReply(answering) && choosesOffered(asking, end, answering.u8(1))
                && (end == asking.length() || request5(asking) != Answer.NO || answering.u8(1) != 0);
        }
        return asking.u8(0) == Socks.VERSION_4 && asking.length() > FIXED_4
            && (request4(asking) == Answer.MORE || answering.length() > Socks.REPLY_4)
            && asking.indexOf(0, FIXED_4) >= 0
            && answering.length() >= Socks.REPLY_4 && isReply4(answering);
    }

    private static boolean choosesOffered(final Bytes greeting, final int end, final int method) {
        final int found = greeting.indexOf(method, 2);
        return method == Socks.NO_METHOD || found >= 0 && found < end;
    }

    /** The first bytes of a server of SOCKS 5, with nothing behind unless a request was answered too. */
    private static boolean isMethodReply(final Bytes bytes) {
        return bytes.u8(0) == Socks.VERSION_5 && bytes.length() >= 2
            && (bytes.length() == 2 || bytes.u8(2) == Socks.VERSION_5 || bytes.u8(2) == 1);
    }

    private static boolean isReply4(final Bytes bytes) {
        return bytes.u8(0) == 0 && bytes.u8(1) >= Socks.GRANTED_4 && bytes.u8(1) <= Socks.LAST_REPLY_4;
    }

    private static boolean isReply(final Bytes bytes) {
        return bytes.length() == 2 && isMethodReply(bytes)
            || bytes.length() <= Socks.REPLY_4 && bytes.u8(0) == 0 && (bytes.length() == 1 || isReply4(bytes));
    }

    /** True if more of one or both sides may make it an exchange. */
    private static boolean mayAnswer(final Bytes asking, final Bytes answering) {
        if (request(asking) != Answer.MORE) {
            return false;
        }
        return asking.u8(0) == Socks.VERSION_5
            ? answering.u8(0) == Socks.VERSION_5
                && (answering.length() < 2 || answering.length() == 2 && greetingEnd(asking) == 0)
            : answering.u8(0) == 0 && answering.length() <= Socks.REPLY_4
                && (answering.length() == 1 || isReply4(answering));
    }
}
