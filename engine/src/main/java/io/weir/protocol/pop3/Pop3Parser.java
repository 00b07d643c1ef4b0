package io.weir.protocol.pop3;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/**
 * Pairs commands with answers, a record for each pair. Messages are skipped line by line; after STLS, if the server
 * agrees, both sides are TLS.
 */
final class Pop3Parser extends StreamParser {
    private static final Words COMMANDS = Words.of("CAPA", "LIST", "UIDL", "RETR", "TOP", "AUTH", "STLS", "XTND");
    private static final int CAPA = 0;
    private static final int UIDL = 2;
    private static final int RETR = 3;
    private static final int TOP = 4;
    private static final int AUTH = 5;
    private static final int STLS = 6;
    /** A line of a client that continues its authentication. */
    private static final int CREDENTIALS = 8;

    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERR = "ERR".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SASL = "<SASL DATA>".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_COMMAND = 8;
    private static final int MOST_OPEN = 8;
    private static final int MOST_ARGUMENTS = 8;
    private static final int MOST_LINES = 64;

    private final Transaction[] open = new Transaction[MOST_OPEN];
    private final int[] openCommand = new int[MOST_OPEN];
    private final boolean[] openBare = new boolean[MOST_OPEN];
    private final byte[] command = new byte[LONGEST_COMMAND];
    private int first;
    private int count;
    private int lines;
    private boolean inAnswer;
    private boolean continues;
    private boolean tlsAsked;
    private boolean serverSpoke;
    private boolean over;
    private boolean confirmed;

    @Override
    protected void started() {
        first = 0;
        count = 0;
        inAnswer = false;
        continues = false;
        tlsAsked = false;
        serverSpoke = false;
        over = false;
        confirmed = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            answers(input);
        }
        requests();
    }

    private void requests() {
        final StreamInput input = input(true);
        while (!over && !tlsAsked) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            if (!line.isEmpty()) {
                request(line);
            }
        }
    }

    private void request(final Bytes line) {
        if (count == MOST_OPEN) {
            close();
        }
        final int slot = (first + count++) % MOST_OPEN;
        final Transaction record = flow.open(Pop3.RECORD);
        record.begin(Pop3.REQUEST);
        if (continues) {
            continues = false;
            record.put(Pop3.COMMAND, SASL);
            openCommand[slot] = CREDENTIALS;
        } else {
            final int space = line.indexOf(' ', 0);
            final int end = space < 0 ? line.length() : space;
            record.put(Pop3.COMMAND, command, 0, upperCase(line, end));
            arguments(record, line, end);
            openCommand[slot] = COMMANDS.find(line, 0);
            openBare[slot] = end + 1 >= line.length();
        }
        record.end();
        open[slot] = record;
        if (openCommand[slot] == STLS) {
            tlsAsked = serverSpoke;
            if (!serverSpoke) {
                handOver();
            }
        }
    }

    private int upperCase(final Bytes line, final int end) {
        final int length = Math.min(end, LONGEST_COMMAND);
        for (int i = 0; i < length; i++) {
            final int value = line.u8(i);
            command[i] = (byte) (value >= 'a' && value <= 'z' ? value - ('a' - 'A') : value);
        }
        return length;
    }

    private static void arguments(final Transaction record, final Bytes line, final int from) {
        int at = from;
        for (int i = 0; i < MOST_ARGUMENTS && at < line.length(); i++) {
            final int start = at + 1;
            final int space = line.indexOf(' ', start);
            at = space < 0 ? line.length() : space;
            if (at > start) {
                record.put(Pop3.ARGS, line, start, at - start);
            }
        }
        if (at < line.length()) {
            record.leftOut();
        }
    }

    private void answers(final StreamInput input) {
        while (!over) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            serverSpoke = true;
            if (inAnswer) {
                dataLine(line);
            } else {
                answer(line);
            }
            requests();
        }
    }

    private void answer(final Bytes line) {
        final boolean good = line.startsWith(Pop3.OK);
        final boolean more = !good && line.u8(0) == '+';
        if (!good && !more && !line.startsWith(Pop3.ERR)) {
            return;
        }
        if (count == 0) {
            greeting(line, good);
            return;
        }
        if (!confirmed) {
            confirmed = true;
            flow.confirm();
        }
        final int asked = openCommand[first];
        continues = more;
        response(open[first], line, good || more, more ? 1 : good ? Pop3.OK.length : Pop3.ERR.length);
        final boolean agreed = asked == STLS && tlsAsked && count == 1;
        if (good && hasLines(asked, openBare[first])) {
            inAnswer = true;
            lines = 0;
            return;
        }
        close();
        if (agreed) {
            tlsAsked = false;
            if (good) {
                handOver();
            }
        }
    }

    /** The server's first line is a record of its own. */
    private void greeting(final Bytes line, final boolean good) {
        final Transaction record = flow.open(Pop3.RECORD);
        response(record, line, good, good ? Pop3.OK.length : Pop3.ERR.length);
        record.end();
        flow.close(record);
    }

    /** Begins what the server answered; its end follows behind the lines, if there are any. */
    private static void response(final Transaction record, final Bytes line, final boolean good, final int from) {
        record.begin(Pop3.RESPONSE).put(Pop3.SUCCESS, good).put(Pop3.STATUS, good ? OK : ERR);
        final int start = line.u8(from) == ' ' ? from + 1 : from;
        record.put(Pop3.HEADER, line, start, line.length() - start);
    }

    private static boolean hasLines(final int command, final boolean bare) {
        return command == CAPA || command == RETR || command == TOP || (command <= UIDL || command == AUTH)
            && command > CAPA && bare;
    }

    private void dataLine(final Bytes line) {
        if (line.length() == 1 && line.u8(0) == '.') {
            inAnswer = false;
            close();
        } else if (openCommand[first] != RETR && openCommand[first] != TOP) {
            if (lines++ < MOST_LINES) {
                final int stuffed = line.u8(0) == '.' ? 1 : 0;
                open[first].put(Pop3.DATA, line, stuffed, line.length() - stuffed);
            } else {
                open[first].leftOut();
            }
        }
    }

    private void close() {
        // ends the answer's group, if it was begun
        open[first].end();
        flow.close(open[first]);
        open[first] = null;
        first = (first + 1) % MOST_OPEN;
        count--;
        inAnswer = false;
    }

    private void handOver() {
        over = true;
        flow.handOver(null);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (tlsAsked) {
            handOver();
        } else if (!fromClient) {
            // which answers are missing cannot be said
            while (count > 0) {
                close();
            }
        }
    }

    @Override
    protected void ended() {
        while (count > 0) {
            close();
        }
    }
}
