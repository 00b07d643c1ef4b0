package io.weir.protocol.imap;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/**
 * Pairs commands with answers by their tags, a record for each pair. Literals that may be arguments are read, others,
 * messages above all, are skipped. After STARTTLS, if the server agrees, both sides are TLS; after COMPRESS nothing
 * more can be read.
 */
final class ImapParser extends StreamParser {
    private static final Words RESULTS = Words.of("OK", "NO", "BAD", "PREAUTH", "BYE");
    private static final Words MESSAGES = Words.of("FETCH");
    private static final byte[][] STATUS = {ascii("OK"), ascii("NO"), ascii("BAD"), ascii("PREAUTH"), ascii("BYE")};
    private static final int PREAUTH = 3;
    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_ARGUMENT = 512;
    private static final int MOST_OPEN = 8;
    private static final int MOST_LINES = 32;

    private final Command[] open = new Command[MOST_OPEN];
    private Credentials credentials;
    private int count;
    private int literal;
    private boolean clientGoesOn;
    private boolean serverGoesOn;
    private boolean authenticates;
    private boolean tlsAsked;
    private boolean serverSpoke;
    private boolean asked;
    private boolean confirmed;
    private boolean over;
    private int lost;

    ImapParser() {
        for (int i = 0; i < MOST_OPEN; i++) {
            open[i] = new Command();
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void started() {
        credentials = flow.scratch(Credentials.SCRATCH);
        count = 0;
        literal = 0;
        clientGoesOn = false;
        serverGoesOn = false;
        authenticates = false;
        tlsAsked = false;
        serverSpoke = false;
        asked = false;
        confirmed = false;
        over = false;
        lost = 0;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            answers(input);
        }
        commands(input(true));
    }

    // ---- client -----------------------------------------------------------------------------------------------------

    private void commands(final StreamInput input) {
        while (!over && !tlsAsked) {
            final Bytes next = literal > 0 ? input.take(literal) : input.line(LONGEST_LINE);
            if (next == null) {
                return;
            }
            if (literal > 0) {
                literal = 0;
                last().argument(next, 0, next.length());
            } else if ((lost & 1) != 0) {
                lost &= ~1;
            } else {
                line(next, input);
            }
        }
    }

    private void line(final Bytes line, final StreamInput input) {
        final boolean cut = input.isCut();
        if (clientGoesOn) {
            if (count > 0) {
                last().arguments(line, 0);
            }
        } else if (authenticates && count > 0) {
            last().continuation(line, 0, line.length());
        } else {
            command(line);
        }
        final long more = cut ? -1 : Literal.length(line);
        clientGoesOn = more >= 0;
        if (more > 0 && more <= LONGEST_ARGUMENT && count > 0) {
            literal = (int) more;
        } else if (more > 0) {
            input.skip(more);
        }
        if (count > 0 && !clientGoesOn && last().kind() == Command.STARTTLS && !tlsAsked) {
            tlsAsked = true;
            if (!serverSpoke) {
                handOver();
            }
        }
    }

    /** A line with a tag; others, like the one that ends IDLE, are no commands. */
    private void command(final Bytes line) {
        final int space = line.indexOf(' ', 0);
        if (space <= 0 || space > Command.LONGEST_TAG || space + 1 >= line.length()) {
            return;
        }
        if (count == MOST_OPEN) {
            close(0);
        }
        asked = true;
        open[count++].begin(flow.open(ImapWords.RECORD), credentials, line, space);
        authenticates = last().kind() == Command.AUTHENTICATE;
    }

    private Command last() {
        return open[count - 1];
    }

    // ---- server -----------------------------------------------------------------------------------------------------

    private void answers(final StreamInput input) {
        while (!over) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            final long more = input.isCut() ? -1 : Literal.length(line);
            serverSpoke = true;
            if ((lost & 2) != 0) {
                lost &= ~2;
            } else if (!serverGoesOn) {
                answer(line);
            }
            serverGoesOn = more >= 0;
            if (!over) {
                if (more > 0) {
                    input.skip(more);
                }
                commands(input(true));
            }
        }
    }

    private void answer(final Bytes line) {
        if (line.u8(0) == '*' && line.u8(1) == ' ') {
            untagged(line);
            return;
        }
        for (int i = 0; i < count; i++) {
            if (open[i].isAnsweredBy(line)) {
                answer(i, line);
                return;
            }
        }
    }

    private void untagged(final Bytes line) {
        final int result = RESULTS.find(line, 2);
        if (count == 0) {
            if (!asked && (result == 0 || result >= PREAUTH)) {
                asked = true;
                final Transaction record = flow.open(ImapWords.RECORD);
                record.begin(ImapWords.EXCHANGE).begin(ImapWords.RESPONSE);
                result(record, line, 2, result);
                record.end().end();
                flow.close(record);
            }
            return;
        }
        // FETCH stands behind the number of the message.
        if (MESSAGES.find(line, line.indexOf(' ', 2) + 1) < 0) {
            open[0].data(line, 2, MOST_LINES);
        }
    }

    private static void result(final Transaction record, final Bytes line, final int from, final int result) {
        record.put(ImapWords.SUCCESS, result == 0 || result == PREAUTH).put(ImapWords.STATUS, STATUS[result]);
        final int text = from + STATUS[result].length + 1;
        record.put(ImapWords.HEADER, line, text, line.length() - text);
    }

    private void answer(final int number, final Bytes line) {
        final Command command = open[number];
        final int from = command.tagLength() + 1;
        final int result = RESULTS.find(line, from);
        if (result < 0) {
            return;
        }
        if (!confirmed) {
            confirmed = true;
            flow.confirm();
        }
        result(command.answer(), line, from, result);
        final int kind = command.kind();
        final boolean newest = number == count - 1;
        if (newest) {
            authenticates = false;
            literal = 0;
            clientGoesOn = false;
        }
        close(number);
        if (kind == Command.STARTTLS && newest) {
            tlsAsked = false;
            if (result == 0) {
                handOver();
            }
        } else if (kind == Command.COMPRESS && result == 0) {
            over = true;
            flow.done();
        }
    }

    private void close(final int number) {
        final Command closed = open[number];
        flow.close(closed.take());
        count--;
        System.arraycopy(open, number + 1, open, number, count - number);
        open[count] = closed;
    }

    private void handOver() {
        closeAll();
        over = true;
        flow.handOver(null);
    }

    private void closeAll() {
        while (count > 0) {
            close(0);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (tlsAsked) {
            handOver();
            return;
        }
        lost |= fromClient ? 1 : 2;
        if (fromClient) {
            literal = 0;
            clientGoesOn = false;
        } else {
            serverGoesOn = false;
            // which answers are missing cannot be said
            closeAll();
            literal = 0;
            clientGoesOn = false;
            authenticates = false;
        }
        parse(fromClient, input);
    }

    @Override
    protected void ended() {
        closeAll();
        over = true;
    }
}
