package io.weir.protocol.imap;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Words;

/**
 * A command that waits for its answer, with its record. Its arguments come in pieces where literals are among them
 * (RFC 9051, 4.3). Used again for other commands; one thread.
 */
final class Command {
    static final int STARTTLS = 0;
    static final int LOGIN = 1;
    static final int AUTHENTICATE = 2;
    static final int COMPRESS = 3;
    static final int LONGEST_TAG = 32;

    private static final Words KINDS = Words.of("STARTTLS", "LOGIN", "AUTHENTICATE", "COMPRESS", "SELECT", "EXAMINE",
        "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "STATUS", "APPEND", "GETQUOTAROOT", "MYRIGHTS",
        "GETACL");
    private static final Words UID = Words.of("UID");
    private static final int LONGEST_NAME = 24;
    private static final int MOST_ARGUMENTS = 8;

    private final byte[] tag = new byte[LONGEST_TAG];
    private final byte[] name = new byte[LONGEST_NAME];
    private Credentials credentials;
    private int mechanism;
    private int tagLength;
    private int kind;
    private int arguments;
    private int lines;
    private boolean asking;
    private boolean answered;
    private Transaction record;

    /** Begins with the line of a command, whose tag ends at a space. */
    void begin(final Transaction opened, final Credentials reader, final Bytes line, final int space) {
        tagLength = space;
        line.copyTo(0, tag, 0, space);
        arguments = 0;
        lines = 0;
        asking = true;
        answered = false;
        credentials = reader;
        mechanism = Credentials.NONE;
        kind = KINDS.find(line, space + 1);
        record = opened;
        record.begin(ImapWords.EXCHANGE).begin(ImapWords.REQUEST);
        record.put(ImapWords.TAG, tag, 0, tagLength);
        int end = wordEnd(line, space + 1);
        if (UID.find(line, space + 1) == 0 && end < line.length()) {
            end = wordEnd(line, end + 1);
        }
        record.put(ImapWords.COMMAND, name, 0, upperCase(line, space + 1, end));
        arguments(line, end);
    }

    private static int wordEnd(final Bytes line, final int from) {
        final int space = line.indexOf(' ', from);
        return space < 0 ? line.length() : space;
    }

    private int upperCase(final Bytes line, final int from, final int end) {
        final int length = Math.min(end - from, LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            final int value = line.u8(from + i);
            name[i] = (byte) (value >= 'a' && value <= 'z' ? value - ('a' - 'A') : value);
        }
        return length;
    }

    /** Takes the arguments that stand between spaces, from a place to the end of the line. */
    void arguments(final Bytes line, final int from) {
        int at = from;
        while (at < line.length()) {
            if (line.u8(at) == ' ') {
                at++;
            } else if (line.u8(at) == '"') {
                final int end = quoteEnd(line, at + 1);
                argument(line, at + 1, end);
                at = end + 1;
            } else {
                final int end = wordEnd(line, at);
                if (end < line.length() || Literal.length(line) < 0) {
                    argument(line, at, end);
                }
                at = end;
            }
        }
    }

    private static int quoteEnd(final Bytes line, final int from) {
        int at = from;
        while (at < line.length() && line.u8(at) != '"') {
            at += line.u8(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, line.length());
    }

    /** Takes one argument. */
    void argument(final Bytes bytes, final int from, final int end) {
        final int number = arguments++;
        if (!asking) {
            return;
        }
        if (number >= MOST_ARGUMENTS) {
            record.leftOut();
            return;
        }
        if (kind == LOGIN) {
            if (number == 0) {
                record.put(ImapWords.USER, bytes, from, end - from);
            }
        } else if (kind == AUTHENTICATE) {
            if (number == 0) {
                record.put(ImapWords.ARGS, bytes, from, end - from);
                mechanism = Credentials.mechanism(bytes, from);
            } else if (number == 1) {
                continuation(bytes, from, end);
            }
        } else if (kind > COMPRESS && number == 0) {
            record.put(ImapWords.MAILBOX, bytes, from, end - from);
        } else {
            record.put(ImapWords.ARGS, bytes, from, end - from);
        }
    }

    /** Takes what the client says while it authenticates. */
    void continuation(final Bytes line, final int from, final int end) {
        if (asking && mechanism != Credentials.NONE && credentials.read(mechanism, line, from, end)) {
            record.put(ImapWords.USER, credentials.text(), credentials.userFrom(), credentials.userLength());
            mechanism = Credentials.NONE;
        }
    }

    /** True if a line of the server answers this command. */
    boolean isAnsweredBy(final Bytes line) {
        if (line.u8(tagLength) != ' ') {
            return false;
        }
        for (int i = 0; i < tagLength; i++) {
            if ((byte) line.u8(i) != tag[i]) {
                return false;
            }
        }
        return true;
    }

    int tagLength() {
        return tagLength;
    }

    /** Number of its kind, or -1. */
    int kind() {
        return kind;
    }

    /** Its record, whose answer is begun: nothing more of the request is told. */
    Transaction answer() {
        if (asking) {
            asking = false;
            record.end();
        }
        if (!answered) {
            answered = true;
            record.begin(ImapWords.RESPONSE);
        }
        return record;
    }

    /** Tells a line of the answer without a tag, unless there were enough. */
    void data(final Bytes line, final int from, final int most) {
        if (lines++ < most) {
            answer().put(ImapWords.DATA, line, from, line.length() - from);
        } else {
            record.leftOut();
        }
    }

    /** Its record, ready to be closed. */
    Transaction take() {
        final Transaction taken = record;
        taken.end().end().end();
        record = null;
        return taken;
    }
}
