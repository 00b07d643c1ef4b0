package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/** Tells messages of which fields are told as they were sent. */
final class PlainMessage {
    private static final int MOST_LINES = 64;
    private static final int LINE_END = '\r' << 8 | '\n';
    private static final long LAST_LINE_END = (long) LINE_END << 16 | LINE_END;
    /** The marks of a target, and what is no character of a line. */
    private static final boolean[] OF_MEANING = Bytes.setOf(TargetText.MARKS);

    static {
        Arrays.fill(OF_MEANING, 0, ' ', true);
    }

    private PlainMessage() {
    }

    /**
     * True if what follows a first line holds all headers, and nothing in them is read as anything but what it is: no
     * lone CR is taken for a line end, and no NUL is left out.
     */
    static boolean hasHeaders(final Bytes view) {
        if (view.u16(0) == LINE_END) {
            return true;
        }
        int at = 0;
        for (int i = 1; i < MOST_LINES; i++) {
            int end = view.endOfRun(' ', at, view.length());
            long found = view.u32(end);
            if (found >>> 16 != LINE_END) {
                end = view.indexOfEither('\r', 0, end);
                found = view.u32(end);
                if (found >>> 16 != LINE_END) {
                    return false;
                }
            }
            if (found == LAST_LINE_END) {
                return true;
            }
            at = end + 2;
        }
        return false;
    }

    /** True if a first line of this length holds neither a lone CR nor a NUL. */
    static boolean isLine(final Bytes line, final int length) {
        final int found = line.indexOfEither('\r', 0, 0);
        return found < 0 || found == length;
    }

    /**
     * True if the target in the middle of a request line is the same when it is normalised. It may hold blanks: it ends
     * in front of the last word, which is looked through as well.
     */
    static boolean isTargetNormal(final Bytes line) {
        final int from = line.indexOf(' ', 0) + 1;
        final int last = line.length() - 1;
        boolean inPath = true;
        if (from == 0 || line.u8(from) != '/') {
            return false;
        }
        for (int at = line.indexOfAny(OF_MEANING, 0, last + 1); at >= 0;
            at = line.indexOfAny(OF_MEANING, at + 1, last + 1)) {
            final int value = line.u8(at);
            final int behind = value == '/' ? line.u8(at + 1) : -1;
            if (value == '%' || value < ' ' && (value != '\r' || at < last)
                || inPath && (value == '\\' || behind == '/' || behind == '.')) {
                return false;
            }
            inPath &= value != '?' && value != '#';
        }
        return true;
    }
}
