package io.weir.protocol.smtp;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.content.TransferDecoder.Encoding;
import io.weir.protocol.text.Words;

/**
 * Reads a message line by line: header fields, which may be folded, and of its parts (RFC 2046) the names of files.
 * Bodies are looked at only for the lines that divide them.
 */
final class Mail {
    static final byte[] DONE = text("PARSE_DONE");
    static final byte[] ERROR = text("PARSE_ERROR");
    private static final byte[] HEADER_STARTED = text("HEADER_STARTED");
    private static final byte[] BODY_STARTED = text("BODY_STARTED");

    private static final Words NAMES = Words.of("From", "To", "Cc", "Subject", "Date", "Message-ID", "X-Mailer",
        "Received", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding");
    private static final Field[] FIELDS = {Smtp.FROM, Smtp.TO, Smtp.CC, Smtp.SUBJECT, Smtp.DATE, Smtp.MESSAGE_ID,
        Smtp.X_MAILER, Smtp.RECEIVED};
    private static final int NONE = -1;
    private static final int CONTENT_TYPE = 8;
    private static final int CONTENT_DISPOSITION = 9;
    private static final int TRANSFER_ENCODING = 10;
    private static final byte[] BASE64 = text("base64");
    private static final byte[] QUOTED_PRINTABLE = text("quoted-printable");
    private static final byte[] BOUNDARY = text("boundary=");
    private static final byte[] FILENAME = text("filename=");
    private static final byte[] NAME = text("name=");
    private static final byte[] PIECE = text("filename*");

    /** Longest header field that is kept, and longest boundary (RFC 2046, 5.1.1). */
    private static final int LONGEST = 4096;
    private static final int LONGEST_BOUNDARY = 70;
    private static final int MOST_ATTACHMENTS = 64;

    private static final int HEADER = 0;
    private static final int BODY = 1;
    private static final int PART_HEADER = 2;

    private final Bytes view = new Bytes();
    /** Boundaries of the message and of a part that has parts itself. */
    private final byte[][] boundaries = new byte[2][LONGEST_BOUNDARY];
    private final int[] boundaryLengths = new int[2];
    private BufferPool pool;
    private Transaction record;
    private byte[] value;
    private int length;
    private int name;
    private int seen;
    private int last;
    private int state;
    private int attachments;
    private boolean partIsNamed;
    private Attachment attachment;

    /** Begins a message whose fields go to this record. */
    void begin(final Transaction transaction, final FlowContext flow) {
        final BufferPool buffers = flow.buffers();
        if (attachment == null) {
            attachment = new Attachment();
        }
        attachment.begin(flow, transaction);
        record = transaction;
        record.sibling(Smtp.EMAIL);
        pool = buffers;
        value = pool.take(LONGEST);
        name = NONE;
        last = NONE;
        seen = 0;
        length = 0;
        state = HEADER;
        attachments = 0;
        boundaryLengths[0] = 0;
        boundaryLengths[1] = 0;
    }

    /** Takes the next line, without its end. */
    void line(final Bytes line) {
        if (state == BODY) {
            if (line.u8(0) == '-' && line.u8(1) == '-' && isBoundary(line)) {
                state = PART_HEADER;
                partIsNamed = false;
                attachment.end(true);
            } else {
                attachment.line(line);
            }
        } else if (line.isEmpty()) {
            flush();
            state = BODY;
            attachment.bodyBegins();
        } else if (line.u8(0) == ' ' || line.u8(0) == '\t') {
            append(line, 0);
        } else {
            flush();
            name = NAMES.find(line, 0);
            final int colon = line.indexOf(':', 0);
            if (name != NONE && colon > 0) {
                append(line, colon + 1);
            }
        }
    }

    /** Ends the message; {@code how} is null if it stayed half. */
    void end(final byte[] how) {
        if (how == DONE) {
            flush();
        }
        attachment.end(how == DONE);
        if (value != null) {
            pool.giveBack(value);
            value = null;
        }
        record.put(Smtp.STATUS, how != null ? how : state == HEADER ? HEADER_STARTED : BODY_STARTED);
        attachment.write();
    }

    /** Adds to the field being read, with the space at a fold made a single one. */
    private void append(final Bytes line, final int from) {
        int start = from;
        int end = line.length();
        while (start < end && (line.u8(start) == ' ' || line.u8(start) == '\t')) {
            start++;
        }
        while (end > start && (line.u8(end - 1) == ' ' || line.u8(end - 1) == '\t')) {
            end--;
        }
        if (name == NONE || value == null || start == end) {
            return;
        }
        if (length > 0 && length < LONGEST) {
            value[length++] = ' ';
        }
        final int taken = Math.min(end - start, LONGEST - length);
        line.copyTo(start, value, length, taken);
        length += taken;
    }

    private void flush() {
        if (name != NONE && value != null && length > 0) {
            if (state == HEADER && name < FIELDS.length) {
                tell();
            } else if (name >= CONTENT_TYPE) {
                parameters();
            }
        }
        name = NONE;
        length = 0;
    }

    /** A list of several fields must be told at one go: of fields that come apart, the first ones are kept. */
    private void tell() {
        final boolean first = (seen & 1 << name) == 0;
        if (first || name == last && FIELDS[name].isRepeated()) {
            if (FIELDS[name] == Smtp.TO || FIELDS[name] == Smtp.CC) {
                addresses(FIELDS[name]);
            } else {
                record.put(FIELDS[name], value, 0, length);
            }
            last = name;
            seen |= 1 << name;
        }
    }

    /** Tells addresses one by one; a comma within quotes does not part them. */
    private void addresses(final Field field) {
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || value[i] == ',' && !quoted) {
                address(field, from, i);
                from = i + 1;
            } else if (value[i] == '"') {
                quoted = !quoted;
            }
        }
    }

    private void address(final Field field, final int from, final int to) {
        int start = from;
        int end = to;
        while (start < end && value[start] == ' ') {
            start++;
        }
        while (end > start && value[end - 1] == ' ') {
            end--;
        }
        if (end > start) {
            record.put(field, value, start, end - start);
        }
    }

    private void parameters() {
        view.wrap(value, 0, length);
        if (name == TRANSFER_ENCODING) {
            attachment.encoding(view.matchesIgnoringCase(0, BASE64) ? Encoding.BASE64
                : view.matchesIgnoringCase(0, QUOTED_PRINTABLE) ? Encoding.QUOTED_PRINTABLE : Encoding.NONE);
            return;
        }
        if (name == CONTENT_TYPE) {
            boundary(parameter(BOUNDARY));
        }
        if (state == PART_HEADER && !partIsNamed) {
            final int at = parameter(name == CONTENT_DISPOSITION ? FILENAME : NAME);
            if (attachments == MOST_ATTACHMENTS) {
                if (at >= 0) {
                    record.leftOut();
                }
                return;
            }
            if (at >= 0) {
                final int quote = value[at] == '"' ? 1 : 0;
                record.put(Smtp.ATTACHMENT, value, at + quote, parameterEnd(at) - at - quote);
                attachment.name(view, at + quote, parameterEnd(at));
                partIsNamed = true;
                attachments++;
            } else {
                final int joined = name == CONTENT_DISPOSITION ? joinPieces() : 0;
                if (joined > 0) {
                    record.put(Smtp.ATTACHMENT, value, 0, joined);
                    attachment.name(view, 0, joined);
                    partIsNamed = true;
                    attachments++;
                }
            }
        }
    }

    /** Moves the pieces of a name that was cut into several (RFC 2231, 3) together to the front; answers its length. */
    private int joinPieces() {
        int joined = 0;
        int number = 0;
        int at = view.indexOf(PIECE, 0);
        while (at >= 0) {
            at += PIECE.length;
            int digit = at;
            while (digit < length && value[digit] >= '0' && value[digit] <= '9') {
                digit++;
            }
            if (view.decimal(at, digit) != number++) {
                break;
            }
            final int from = digit < length && value[digit] == '*' ? digit + 2 : digit + 1;
            if (from >= length) {
                break;
            }
            final int quote = value[from] == '"' ? 1 : 0;
            final int end = parameterEnd(from);
            System.arraycopy(value, from + quote, value, joined, end - from - quote);
            joined += end - from - quote;
            at = view.indexOf(PIECE, end);
        }
        return joined;
    }

    /** Where the value of a parameter begins, or -1. */
    private int parameter(final byte[] parameter) {
        for (int i = 1; i + parameter.length < length; i++) {
            final boolean parted = value[i - 1] == ' ' || value[i - 1] == ';';
            if (parted && view.matchesIgnoringCase(i, parameter)) {
                return i + parameter.length;
            }
        }
        return NONE;
    }

    private int parameterEnd(final int at) {
        final boolean quoted = value[at] == '"';
        int end = quoted ? at + 1 : at;
        while (end < length && (quoted ? value[end] != '"' : value[end] != ';' && value[end] != ' ')) {
            end++;
        }
        return end;
    }

    private void boundary(final int at) {
        if (at >= 0) {
            final int level = state == HEADER ? 0 : 1;
            final int from = value[at] == '"' ? at + 1 : at;
            final int size = Math.min(parameterEnd(at) - from, LONGEST_BOUNDARY);
            System.arraycopy(value, from, boundaries[level], 0, size);
            boundaryLengths[level] = size;
        }
    }

    private boolean isBoundary(final Bytes line) {
        for (int level = 0; level < boundaries.length; level++) {
            final int size = boundaryLengths[level];
            if (size > 0 && line.length() >= size + 2 && matches(line, boundaries[level], size)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(final Bytes line, final byte[] boundary, final int size) {
        for (int i = 0; i < size; i++) {
            if ((byte) line.u8(i + 2) != boundary[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] text(final String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
