package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;

/**
 * Where a body ends, RFC 9112, section 6.3, and how long it is as transmitted. Its bytes are skipped by length; only
 * the last one and the lines between chunks are looked at, so that its end is noticed when it comes.
 */
final class Body {
    private enum Form { NONE, EXPECTED, LENGTH, CHUNK_SIZE, CHUNK_END, TRAILERS, TO_END, BROKEN }

    /** Longest line with a chunk's size that is looked at; extensions may be longer. */
    private static final int MOST_SIZE_LINE = 256;
    private static final int MOST_TRAILER = 8 * 1024;
    /** Digits of a chunk's size: 2^60 bytes. */
    private static final int MOST_DIGITS = 15;
    /** More than any connection carries. */
    private static final long ENDLESS = 1L << 60;

    private Form form = Form.NONE;
    private long counted;
    private boolean refused;

    /** There is none. */
    void none() {
        form = Form.NONE;
        counted = 0;
    }

    /** It has a known length. */
    void ofLength(final long length, final StreamInput input) {
        form = length == 0 ? Form.NONE : Form.LENGTH;
        counted = length;
        if (length > 0) {
            input.skip(length - 1);
        }
    }

    /** It has a known length, and the client may wait for consent before it sends it: RFC 9110, section 10.1.1. */
    void expected(final long length) {
        form = length == 0 ? Form.NONE : Form.EXPECTED;
        counted = length;
        refused = false;
    }

    /** The other side has answered before it came: it may not come at all. */
    void refuse() {
        refused = true;
    }

    /** True if what comes next may be the body or, without it, the next message. */
    boolean isRefused() {
        return form == Form.EXPECTED && refused;
    }

    /** It comes in chunks. */
    void chunked() {
        form = Form.CHUNK_SIZE;
        counted = 0;
    }

    /** It goes on until the connection is closed. */
    void toEnd(final StreamInput input) {
        form = Form.TO_END;
        counted = ENDLESS;
        input.skip(ENDLESS);
    }

    /** True if only the end of the connection ends it. */
    boolean isToEnd() {
        return form == Form.TO_END;
    }

    /** True if its framing is not to be understood, and its end not to be found. */
    boolean isBroken() {
        return form == Form.BROKEN;
    }

    /** Bytes of it that have come. */
    long received(final StreamInput input) {
        return form == Form.NONE ? counted : Math.max(0, counted - input.toSkip() - (form == Form.LENGTH ? 1 : 0));
    }

    /** True if it is complete, else more must come, or it {@link #isBroken}. */
    boolean isComplete(final StreamInput input) {
        while (form != Form.NONE && form != Form.BROKEN) {
            if (!advance(input)) {
                return false;
            }
        }
        return form == Form.NONE;
    }

    /** Takes note of missing bytes behind those that were to be skipped; true if it is complete with the first. */
    boolean endsWithin(final long missing) {
        final boolean ends = form == Form.LENGTH && missing > 0;
        if (ends) {
            form = Form.NONE;
        }
        return ends;
    }

    private boolean advance(final StreamInput input) {
        switch (form) {
            case EXPECTED -> {
                if (input.isEmpty()) {
                    return false;
                }
                ofLength(counted, input);
            }
            case LENGTH -> {
                if (input.isEmpty()) {
                    return false;
                }
                input.skip(1);
                form = Form.NONE;
            }
            case CHUNK_SIZE -> {
                final Bytes line = input.until('\n', MOST_SIZE_LINE);
                if (line == null) {
                    return false;
                }
                size(line, input);
            }
            case CHUNK_END -> {
                final Bytes line = input.until('\n', MOST_SIZE_LINE);
                if (line == null) {
                    return false;
                }
                counted += line.length() + 1;
                form = Form.CHUNK_SIZE;
            }
            case TRAILERS -> {
                final Bytes line = input.line(MOST_TRAILER);
                if (line == null) {
                    return false;
                }
                form = line.isEmpty() ? Form.NONE : Form.TRAILERS;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void size(final Bytes line, final StreamInput input) {
        int at = 0;
        while (line.u8(at) == ' ' || line.u8(at) == '\t' || line.u8(at) == '0') {
            at++;
        }
        boolean digits = at > 0 && line.u8(at - 1) == '0';
        long size = 0;
        int count = 0;
        for (int digit = Character.digit(line.u8(at), 16); digit >= 0; digit = Character.digit(line.u8(++at), 16)) {
            size = size << 4 | digit;
            digits = true;
            count++;
        }
        if (!digits || count > MOST_DIGITS) {
            form = Form.BROKEN;
            return;
        }
        counted += line.length() + 1 + size;
        form = size == 0 ? Form.TRAILERS : Form.CHUNK_END;
        input.skip(size);
    }
}
