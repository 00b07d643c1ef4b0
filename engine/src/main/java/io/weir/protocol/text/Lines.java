package io.weir.protocol.text;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;

/** Looks at lines that lie in a view. Pure functions. */
public final class Lines {
    private Lines() {
    }

    /** Where the line that holds this place ends: its LF, or the end of the bytes if it has not come. */
    public static int end(final Bytes bytes, final int from) {
        final int end = bytes.indexOf('\n', from);
        return end < 0 ? bytes.length() : end;
    }

    /** True if these bytes are text: no control characters but tabs, and CR where a line ends. */
    public static boolean areText(final Bytes bytes, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final int value = bytes.u8(i);
            if (value < ' ' && value != '\t' && (value != '\r' || i + 1 < to && bytes.u8(i + 1) != '\n')
                || value == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The code of three digits, 100 to 699, that a reply begins with, or -1. */
    public static int code(final Bytes bytes, final int from) {
        if (!bytes.has(from, 3) || bytes.u8(from) > '6') {
            return -1;
        }
        final int code = (int) bytes.decimal(from, from + 3);
        return code >= 100 ? code : -1;
    }

    /**
     * Whether a direction begins with a reply: three digits that begin as they may, a space or hyphen, and text up to
     * the end of the line.
     *
     * @return {@link Answer#YES} if the first line is whole, {@link Answer#MORE} if it agrees so far
     */
    public static Answer reply(final Bytes bytes) {
        for (int i = 0; i < 3 && i < bytes.length(); i++) {
            if (bytes.u8(i) < (i == 0 ? '1' : '0') || bytes.u8(i) > (i == 0 ? '6' : '9')) {
                return Answer.NO;
            }
        }
        if (bytes.length() > 3 && bytes.u8(3) != ' ' && bytes.u8(3) != '-' && bytes.u8(3) != '\r') {
            return Answer.NO;
        }
        final int end = end(bytes, 0);
        if (bytes.length() > 4 && !areText(bytes, 4, end)) {
            return Answer.NO;
        }
        return end < bytes.length() && end > 3 ? Answer.YES : Answer.MORE;
    }
}
