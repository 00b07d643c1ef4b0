package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;

/**
 * Where a body ends, RFC 9112, section 6.3, and how long it is as transmitted. Its bytes are skipped by length; only
 * the last one and the lines between chunks are looked at, so that its end is noticed when it comes. Where its content
 * is wanted, its bytes are handed on.
 */
final class Body {
    private enum Form {
        NONE, EXPECTED, LENGTH, LENGTH_READ, CHUNK_SIZE, CHUNK_READ, CHUNK_END, TRAILERS, TO_END, TO_END_READ, BROKEN
    }

    /** Empty lines in front of a chunk's size that are passed over. */
    private static final int MOST_EMPTY = 8;
    /** Longest line with a chunk's size that is looked at; extensions may be longer. */
    private static final int MOST_SIZE_LINE = 256;
    private static final int MOST_TRAILER = 8 * 1024;
    /** Digits of a chunk's size: 2^60 bytes. */
    private static final int MOST_DIGITS = 15;
    private static final int MOST_READ = 32 * 1024;
    /** More than any connection carries. */
    private static final long ENDLESS = 1L << 60;

    private final BodyContent content;
    private final boolean untilClose;
    private Form form = Form.NONE;
    private long counted;
    private long overhead;
    private long left;
    private int empty;
    private boolean refused;
    private boolean extended;
    private boolean withoutSize;
    private boolean chunked;

    /**
     * Makes one.
     *
     * @param content    where its bytes go, if they are wanted
     * @param untilClose what is no chunk at all where chunks were announced is a body until the connection is closed
     */
    Body(final BodyContent content, final boolean untilClose) {
        this.content = content;
        this.untilClose = untilClose;
    }

    /** Reads some of its state, so that it is in the cache. */
    int touch() {
        return (int) counted;
    }

    /** There is none. */
    void none() {
        set(Form.NONE, 0);
        extended = false;
        withoutSize = false;
        refused = false;
    }

    private void set(final Form newForm, final long length) {
        form = newForm;
        counted = length;
        overhead = 0;
        left = 0;
        empty = 0;
    }

    /** True if one of its chunks had an extension. */
    boolean isExtended() {
        return extended;
    }

    /** True if one of its chunks had no size. */
    boolean isWithoutSize() {
        return withoutSize;
    }

    /** It has a known length. */
    void ofLength(final long length, final StreamInput input) {
        final boolean lookedAt = refused;
        none();
        if (length <= input.available()) {
            content.comesWhole();
        }
        set(length == 0 ? Form.NONE : content.isWanted() ? Form.LENGTH_READ : Form.LENGTH, length);
        if (form == Form.LENGTH_READ) {
            left = length;
        } else if (length > 0) {
            skip(input, length - 1, lookedAt);
        }
    }

    /** Skips content, of which the beginning may have been looked at to tell what it is. */
    private static void skip(final StreamInput input, final long length, final boolean lookedAt) {
        if (lookedAt) {
            input.skip(length);
        } else {
            input.passOver(length);
        }
    }

    /**
     * It may not come: the client may wait for consent before it sends it, RFC 9110, section 10.1.1, or the status of
     * the response forbids it.
     *
     * @param length of it, or -1 if it comes in chunks
     */
    void expected(final long length) {
        none();
        set(length == 0 ? Form.NONE : Form.EXPECTED, Math.max(0, length));
        chunked = length < 0;
    }

    /** The other side has answered before it came: it may not come at all. */
    void refuse() {
        refused = true;
    }

    /** True if what comes next may be the body or, without it, the next message. */
    boolean isRefused() {
        return form == Form.EXPECTED && refused;
    }

    /** True if what was refused comes all the same: the size of its first chunk, which no method looks like. */
    boolean isChunkSize(final Bytes beginning) {
        int at = 0;
        while (Character.digit(beginning.u8(at), 16) >= 0) {
            at++;
        }
        if (!chunked || at == 0) {
            return false;
        }
        while (beginning.u8(at) == ' ' || beginning.u8(at) == '\t') {
            at++;
        }
        final int next = beginning.u8(at);
        return at == beginning.length() || next == '\r' || next == '\n' || next == ';';
    }

    /** It comes in chunks. */
    void chunked() {
        set(Form.CHUNK_SIZE, 0);
        extended = false;
        withoutSize = false;
    }

    /** It goes on until the connection is closed. */
    void toEnd(final StreamInput input) {
        none();
        goOn(input);
    }

    private void goOn(final StreamInput input) {
        set(content.isWanted() ? Form.TO_END_READ : Form.TO_END, ENDLESS);
        if (form == Form.TO_END_READ) {
            left = ENDLESS;
        } else {
            skip(input, ENDLESS, withoutSize);
        }
    }

    /** True if only the end of the connection ends it. */
    boolean isToEnd() {
        return form == Form.TO_END || form == Form.TO_END_READ;
    }

    /** True if its framing is not to be understood, and its end not to be found. */
    boolean isBroken() {
        return form == Form.BROKEN;
    }

    /** True if all of it has come. */
    boolean isOver() {
        return form == Form.NONE;
    }

    /** Bytes of it that have come. */
    long received(final StreamInput input) {
        return form == Form.NONE ? counted
            : form == Form.EXPECTED ? 0
            : Math.max(0, counted - left - input.toSkip() - (form == Form.LENGTH ? 1 : 0));
    }

    /** The same without what chunking has added. */
    long content(final StreamInput input) {
        return Math.max(0, received(input) - overhead);
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

    /** Takes note of missing bytes; true if they are all its own. */
    boolean isGapWithin(final long missing) {
        if (missing > left) {
            return false;
        }
        left -= missing;
        content.gap();
        if (left == 0) {
            readAll();
        }
        return true;
    }

    /** How many of the missing bytes, without those that were to be skipped, lie behind its end; -1 if unknown. */
    long missingBehind(final long missing) {
        return form == Form.LENGTH ? missing - 1 : form == Form.LENGTH_READ ? missing - left : -1;
    }

    /** Takes note of missing bytes behind those that were to be skipped; true if it is complete with the first. */
    boolean endsWithin(final long missing) {
        final boolean ends = (form == Form.LENGTH || form == Form.LENGTH_READ) && missing > 0;
        if (ends) {
            counted -= left;
            if (left > 0) {
                content.endsEarly();
            }
            left = 0;
            form = Form.NONE;
        }
        return ends;
    }

    private void readAll() {
        form = form == Form.CHUNK_READ ? Form.CHUNK_END : Form.NONE;
    }

    /** Hands on what is there, as long as it is wanted; then the rest is skipped. */
    private boolean read(final StreamInput input) {
        while (left > 0 && content.isWanted()) {
            if (input.isEmpty()) {
                return false;
            }
            if (form == Form.LENGTH_READ) {
                content.expects(left);
            }
            final Bytes bytes = input.takeSome((int) Math.min(left, MOST_READ));
            left -= bytes.length();
            content.take(bytes);
        }
        if (left == 0) {
            readAll();
            return true;
        }
        final long rest = left;
        left = 0;
        if (form == Form.LENGTH_READ) {
            form = Form.LENGTH;
            input.passOver(rest - 1);
        } else {
            form = form == Form.CHUNK_READ ? Form.CHUNK_END : Form.TO_END;
            input.passOver(rest);
        }
        return true;
    }

    private boolean advance(final StreamInput input) {
        switch (form) {
            case EXPECTED -> {
                if (input.isEmpty()) {
                    return false;
                }
                if (chunked) {
                    chunked();
                } else {
                    ofLength(counted, input);
                }
            }
            case LENGTH_READ, CHUNK_READ, TO_END_READ -> {
                return read(input);
            }
            case LENGTH -> {
                if (input.isEmpty()) {
                    return false;
                }
                input.passOver(1);
                form = Form.NONE;
            }
            case CHUNK_SIZE -> {
                if (counted == 0 && untilClose && !mayBeSize(input.peek(1))) {
                    withoutSize = true;
                    goOn(input);
                    return true;
                }
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
                count(line.length() + 1);
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

    private void count(final int bytes) {
        counted += bytes;
        overhead += bytes;
    }

    /** True if a line with a size may begin like this, or it has not come yet. */
    private static boolean mayBeSize(final Bytes first) {
        return first == null || Line.isBlank(first.u8(0)) || Character.digit(first.u8(0), 16) >= 0;
    }

    private void size(final Bytes line, final StreamInput input) {
        int at = Line.skipBlanks(line, 0, line.length());
        if (at == line.length() && empty++ < MOST_EMPTY) {
            count(line.length() + 1);
            return;
        }
        final int start = at;
        while (line.u8(at) == '0') {
            at++;
        }
        long size = 0;
        final int significant = at;
        for (int digit = Character.digit(line.u8(at), 16); digit >= 0; digit = Character.digit(line.u8(++at), 16)) {
            size = size << 4 | digit;
        }
        if (at == start || at - significant > MOST_DIGITS) {
            noSize(line, input);
            return;
        }
        extended |= line.u8(Line.skipBlanks(line, at, line.length())) == ';';
        count(line.length() + 1);
        counted += size;
        empty = 0;
        if (size > 0 && content.isWanted()) {
            left = size;
            form = Form.CHUNK_READ;
        } else {
            form = size == 0 ? Form.TRAILERS : Form.CHUNK_END;
            input.passOver(size);
        }
    }

    private void noSize(final Bytes line, final StreamInput input) {
        withoutSize = true;
        if (counted > 0 || !untilClose) {
            form = Form.BROKEN;
            return;
        }
        final int length = line.length() + 1;
        if (content.isWanted()) {
            content.take(line);
            content.takeLineEnd();
        }
        goOn(input);
        counted += length;
    }
}
