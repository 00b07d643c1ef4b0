package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;

/**
 * The lines of a message's headers: finds names and values, in lines that go on others too, and tells the message's
 * reader. Receivers differ in what they take for a line, so that lone CRs and NULs are looked at as those would that
 * mind them. One thread.
 */
final class HeaderLines {
    /** Of a line with NULs in it so much is looked at. */
    private static final int MOST_COMPACTED = 1024;
    /** Stands for the end of a line that goes on. */
    private static final byte[] FOLD = {' '};

    private final MessageReader reader;
    private Header last;
    private boolean folded;
    private boolean nameOnly;
    /** Headers that have no colon so far, in their line or the next. */
    private int missing;
    private byte[] compacted;

    HeaderLines(final MessageReader reader) {
        this.reader = reader;
    }

    /** Begins with a message. */
    void begin() {
        last = Header.OTHER;
        folded = false;
        nameOnly = false;
        missing = 0;
    }

    /** True if one of the message's headers has no colon. */
    boolean missesColon() {
        return missing > 0;
    }

    /** True while a further line of a header is told. */
    boolean isFolded() {
        return folded;
    }

    /** Tells a further header of a name, or line of a header. */
    void more(final Transaction of, final Field field, final Bytes line, final int from, final int to) {
        of.extend(field, folded ? FOLD : Head.COMMA, line, from, to - from);
    }

    /**
     * A line, which may hold several for those who take a lone CR for an end, and NULs that some pass over. Where
     * nobody watches, only lines that begin with one are looked through: it would not pay.
     */
    void take(final Bytes line) {
        if (reader.passedOver || !reader.watched && !Line.isBlank(line.u8(0)) || line.indexOfEither('\r', 0, 0) < 0) {
            takeOne(line);
            return;
        }
        final Bytes clean = compact(line);
        int from = 0;
        while (from < clean.length()) {
            final int to = splitAt(clean, from, clean.length());
            takeOne(reader.views.part.wrap(clean, from, to - from));
            from = to + 1;
        }
    }

    /** The line without NULs, the first of which is taken for a blank if it stands in front. */
    private Bytes compact(final Bytes line) {
        if (line.indexOf(0, 0) < 0) {
            return line;
        }
        if (compacted == null) {
            compacted = new byte[MOST_COMPACTED];
        }
        int length = 0;
        for (int i = 0; i < line.length() && length < MOST_COMPACTED; i++) {
            if (line.u8(i) != 0 || i == 0) {
                compacted[length++] = (byte) (line.u8(i) == 0 ? ' ' : line.u8(i));
            }
        }
        return line.wrap(compacted, 0, length);
    }

    /** A line that is one for everybody. */
    void takeOne(final Bytes line) {
        int to = line.length();
        while (to > 0 && line.u8(to - 1) <= ' ') {
            to--;
        }
        if (to == 0) {
            return;
        }
        final int from = Line.skipBlanks(line, 0, to);
        final boolean awaitsColon = nameOnly;
        nameOnly = false;
        folded = from > 0 && !isHidden(line, from, to);
        if (!folded) {
            namedLine(line, from, to);
        } else if (awaitsColon && line.u8(from) == ':') {
            folded = false;
            missing--;
            reader.value(last, line, Line.skipBlanks(line, from + 1, to), to);
        } else {
            last = awaitsColon ? Header.OTHER : last;
            reader.value(last, line, from, to);
        }
    }

    /**
     * Lines that are one for everybody, in place; where nobody asks for the names of others than were found.
     *
     * @param start where the first of them begins
     */
    void takeFound(final Bytes text, final int start, final TextLines lines, final int found) {
        folded = false;
        nameOnly = false;
        last = lines.last();
        for (int i = 0; i < found; i++) {
            reader.value(lines.header(i), text, start + lines.from(i), start + lines.to(i));
        }
    }

    private void namedLine(final Bytes line, final int from, final int to) {
        final int colon = line.indexOf(':', from);
        int nameEnd = colon < 0 ? to : colon;
        while (nameEnd > from && line.u8(nameEnd - 1) <= ' ') {
            nameEnd--;
        }
        last = Header.of(line, from, nameEnd - from);
        nameOnly = colon < 0;
        missing += nameOnly ? 1 : 0;
        reader.name(line, from, nameEnd);
        if (!nameOnly && (last != Header.OTHER || reader.headKept)) {
            reader.value(last, line, Line.skipBlanks(line, colon + 1, to), to);
        }
    }

    /** True if a folded line holds a header of meaning all the same: some receivers take it for one. */
    private static boolean isHidden(final Bytes line, final int from, final int to) {
        int end = from;
        while (end < to && isPartOfName(line.u8(end))) {
            end++;
        }
        return end < to && line.u8(end) == ':' && Header.of(line, from, end - from).isAboutBody();
    }

    /**
     * Where a lone CR ends a line for some receivers: where a header stands behind it.
     *
     * @return its place, or {@code to}
     */
    static int splitAt(final Bytes line, final int from, final int to) {
        int at = line.indexOf('\r', from, to);
        while (at >= 0) {
            int end = at + 1;
            while (end < to && isPartOfName(line.u8(end))) {
                end++;
            }
            if (end > at + 1 && end < to && line.u8(end) == ':') {
                return at;
            }
            at = line.indexOf('\r', at + 1, to);
        }
        return to;
    }

    private static boolean isPartOfName(final int value) {
        return value > ' ' && value < 0x7f && value != ':';
    }
}
