package io.weir.protocol.smtp;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;

/** Reads a message that comes in chunks of known length (RFC 3030), which may divide its lines. One thread. */
final class Chunks {
    private static final int LONGEST_LINE = 4096;

    private final Bytes view = new Bytes();
    private byte[] line;
    private int length;
    private long left;
    private boolean last;

    /** Forgets what was kept. */
    void clear() {
        length = 0;
        left = 0;
        last = false;
    }

    /** A chunk follows. */
    void begin(final long size, final boolean isLast) {
        left = size;
        last = isLast;
        if (line == null) {
            line = new byte[LONGEST_LINE];
        }
    }

    /** True if the chunk just read ends the message. */
    boolean isLast() {
        return last;
    }

    /** Hands the lines of the chunk on; false if more of it must come. */
    boolean read(final StreamInput input, final Mail mail) {
        while (left > 0 && !input.isEmpty()) {
            final Bytes some = input.takeSome((int) Math.min(left, LONGEST_LINE));
            left -= some.length();
            for (int at = 0; at < some.length();) {
                final int end = some.indexOf('\n', at);
                final int to = end < 0 ? some.length() : end;
                final int taken = Math.min(to - at, LONGEST_LINE - length);
                some.copyTo(at, line, length, taken);
                length += taken;
                at = to + 1;
                if (end >= 0) {
                    flush(mail);
                }
            }
        }
        return left == 0;
    }

    /** The message has ended, perhaps within a line. */
    void finish(final Mail mail) {
        if (length > 0) {
            flush(mail);
        }
    }

    private void flush(final Mail mail) {
        final int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        mail.line(view.wrap(line, 0, end));
        length = 0;
    }

    /** Takes note of missing bytes; true if they are all of the chunk. */
    boolean miss(final long missing) {
        if (missing > left) {
            return false;
        }
        left -= missing;
        return true;
    }
}
