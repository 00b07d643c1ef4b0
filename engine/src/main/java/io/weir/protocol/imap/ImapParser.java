package io.weir.protocol.imap;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.text.Words;

/**
 * Follows commands until the client is in, or until STARTTLS or COMPRESS changes what both sides speak. Nothing of
 * IMAP goes to records, so mailboxes are not looked at.
 */
final class ImapParser extends StreamParser {
    private static final Words COMMANDS = Words.of("STARTTLS", "LOGIN", "AUTHENTICATE");
    private static final Words RESULTS = Words.of("OK", "NO", "BAD");
    private static final int START_TLS = 0;
    private static final int NONE = -1;
    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_TAG = 32;
    private static final int LONGEST_LITERAL = 1 << 30;

    private final byte[] tag = new byte[LONGEST_TAG];
    private int tagLength;
    private int asked;
    private boolean serverSpoke;
    private boolean confirmed;
    private boolean over;

    @Override
    protected void started() {
        tagLength = 0;
        asked = NONE;
        serverSpoke = false;
        confirmed = false;
        over = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            answers(input);
        }
        commands(input(true));
    }

    private void commands(final StreamInput input) {
        while (!over && asked != START_TLS) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            final int space = line.indexOf(' ', 0);
            final int command = space <= 0 || space > LONGEST_TAG ? NONE : COMMANDS.find(line, space + 1);
            if (command != NONE) {
                asked = command;
                tagLength = space;
                line.copyTo(0, tag, 0, space);
            }
            literal(line, input);
            if (asked == START_TLS && !serverSpoke) {
                handOver();
            }
        }
    }

    /** A line that ends with a length in braces goes on behind so many bytes (RFC 3501, 4.3; RFC 7888). */
    private static void literal(final Bytes line, final StreamInput input) {
        final int last = line.length() - 1;
        if (line.u8(last) != '}') {
            return;
        }
        final int end = line.u8(last - 1) == '+' || line.u8(last - 1) == '-' ? last - 1 : last;
        int from = end;
        while (from > 0 && line.u8(from - 1) >= '0' && line.u8(from - 1) <= '9') {
            from--;
        }
        final long length = line.u8(from - 1) == '{' ? line.decimal(from, end) : 0;
        if (length > 0 && length <= LONGEST_LITERAL) {
            input.skip(length);
        }
    }

    private void answers(final StreamInput input) {
        while (!over) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            serverSpoke = true;
            if (asked != NONE && isTagged(line)) {
                answer(RESULTS.find(line, tagLength + 1) == 0);
            }
            if (!over) {
                literal(line, input);
                commands(input(true));
            }
        }
    }

    private boolean isTagged(final Bytes line) {
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

    private void answer(final boolean good) {
        if (!confirmed) {
            confirmed = true;
            flow.confirm();
        }
        final int command = asked;
        asked = NONE;
        if (good && command == START_TLS) {
            handOver();
        } else if (good) {
            over = true;
            flow.done();
        }
    }

    private void handOver() {
        over = true;
        flow.handOver(null);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (asked == START_TLS) {
            handOver();
        }
    }

    @Override
    protected void ended() {
        over = true;
    }
}
