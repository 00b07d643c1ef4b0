package io.weir.protocol.smtp;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/**
 * Pairs commands with replies, as far as that decides what the client's bytes are: after DATA they are a message if the
 * server agrees, and after STARTTLS they are TLS. A record is written for each envelope, when its message has ended.
 */
final class SmtpParser extends StreamParser {
    private static final Words COMMANDS = Words.of("EHLO", "HELO", "LHLO", "MAIL FROM", "RCPT TO", "DATA", "BDAT",
        "RSET", "STARTTLS");
    /** With what follows it. */
    private static final int LONGEST_COMMAND = 10;
    private static final int MAIL_FROM = 3;
    private static final int RCPT_TO = 4;
    private static final int DATA = 5;
    private static final int BDAT = 6;
    private static final int RSET = 7;
    private static final int START_TLS = 8;
    private static final Words LAST = Words.of("LAST");

    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HELO = 255;
    private static final int MOST_RECIPIENTS = 100;

    private static final int COMMAND = 0;
    private static final int DATA_ASKED = 1;
    private static final int MESSAGE = 2;
    private static final int TLS_ASKED = 3;
    private static final int OVER = 4;
    private static final int CHUNK = 5;

    private final Mail mail = new Mail();
    private final Chunks chunks = new Chunks();
    private final byte[] helo = new byte[LONGEST_HELO];
    private int heloLength;
    private int state;
    private Transaction record;
    private int recipients;
    private int outstanding;
    private boolean enveloped;
    private boolean recorded;
    private boolean serverSpoke;
    private boolean clientGap;
    private boolean confirmed;
    private boolean inChunks;
    /** Bytes of a side are missing: which reply belongs to which command cannot be said. */
    private boolean lost;

    @Override
    protected void started() {
        inChunks = false;
        chunks.clear();
        heloLength = 0;
        state = COMMAND;
        record = null;
        recipients = 0;
        outstanding = 0;
        enveloped = false;
        recorded = false;
        serverSpoke = false;
        clientGap = false;
        confirmed = false;
        lost = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            replies(input);
        }
        if (state != OVER) {
            commands(input(true));
        }
    }

    private void commands(final StreamInput input) {
        if (state == CHUNK && !chunks.read(input, mail)) {
            return;
        }
        endChunk();
        while (state != OVER && !input.isEmpty() && !mustWait()) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            if (state == COMMAND) {
                if (input.isCut()) {
                    flow.event(SmtpEvents.TRUNCATED_LINE);
                }
                command(line);
                if (state == CHUNK && !chunks.read(input, mail)) {
                    return;
                }
                endChunk();
            } else if (line.length() == 1 && line.u8(0) == '.') {
                endMessage(Mail.DONE);
                outstanding++;
            } else {
                mail.line(line);
            }
        }
    }

    /** True while only the server's reply tells what the client's bytes are; false if that side is never seen. */
    private boolean mustWait() {
        if (state == DATA_ASKED && !serverSpoke) {
            beginMessage();
        }
        return state == DATA_ASKED || state == TLS_ASKED;
    }

    private void command(final Bytes line) {
        outstanding++;
        final int command = COMMANDS.find(line, 0);
        switch (command) {
            case MAIL_FROM -> {
                endEnvelope();
                envelope().put(Smtp.MAIL_FROM, line, argument(line, 10), argumentLength(line, 10));
                enveloped = true;
            }
            case RCPT_TO -> {
                if (recipients++ < MOST_RECIPIENTS) {
                    envelope().put(Smtp.RCPT_TO, line, argument(line, 8), argumentLength(line, 8));
                    enveloped = true;
                } else {
                    envelope().leftOut();
                }
            }
            case DATA -> state = DATA_ASKED;
            case BDAT -> chunk(line);
            case RSET -> endEnvelope();
            case START_TLS -> askTls();
            case -1 -> {
                // QUIT, AUTH and what belongs to it, and others: only their replies are counted
            }
            default -> hello(line);
        }
    }

    private void hello(final Bytes line) {
        endEnvelope();
        final int from = argument(line, 4);
        heloLength = Math.min(argumentLength(line, 4), LONGEST_HELO);
        line.copyTo(from, helo, 0, heloLength);
    }

    /** A chunk of a message (RFC 3030) has its length in front and no end of its own. */
    private void chunk(final Bytes line) {
        final int from = argument(line, 4);
        final int length = argumentLength(line, 4);
        final long size = line.decimal(from, from + length);
        if (size >= 0) {
            if (!inChunks) {
                inChunks = true;
                mail.begin(envelope(), flow);
            }
            chunks.begin(size, LAST.find(line, argument(line, from + length)) == 0);
            state = CHUNK;
        }
    }

    /** Goes on behind a chunk that is complete; with the last one the message is. */
    private void endChunk() {
        if (state == CHUNK) {
            state = COMMAND;
            if (chunks.isLast()) {
                chunks.finish(mail);
                endMessage(Mail.DONE);
            }
        }
    }

    private void askTls() {
        if (serverSpoke) {
            state = TLS_ASKED;
        } else {
            handOver();
        }
    }

    private void handOver() {
        state = OVER;
        flow.handOver(null);
    }

    private void replies(final StreamInput input) {
        while (state != OVER) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            if (input.isCut()) {
                flow.event(SmtpEvents.TRUNCATED_LINE);
            }
            final int code = Lines.code(line, 0);
            if (!isReply(line, code)) {
                flow.event(SmtpEvents.INVALID_REPLY);
            }
            if (code > 0 && line.u8(3) != '-') {
                if (!welcomes(code)) {
                    reply(code);
                }
                if (state != OVER) {
                    commands(input(true));
                }
            }
        }
    }

    /** By the grammar of RFC 5321, 4.2: three digits, the second at most 5, and a space, a hyphen or nothing. */
    private static boolean isReply(final Bytes line, final int code) {
        final int behind = line.u8(3);
        return code >= 200 && code < 600 && code / 10 % 10 <= 5 && (behind == ' ' || behind == '-' || behind < 0);
    }

    /** Takes the server's first reply; true if it is the one that no command asks for. */
    private boolean welcomes(final int code) {
        final boolean first = !serverSpoke;
        serverSpoke = true;
        if (first && code != 220 && !lost && !flow.isMidStream()) {
            flow.event(SmtpEvents.NO_WELCOME);
        }
        return first && (code == 220 || outstanding == 0) && !lost && !flow.isMidStream();
    }

    /** A server may say at any time that it closes, RFC 5321, 3.8. */
    private boolean isUnasked(final int code) {
        return outstanding == 0 && state == COMMAND && code != 421 && !lost && !flow.isMidStream();
    }

    private void reply(final int code) {
        if (isUnasked(code)) {
            flow.event(SmtpEvents.UNMATCHED_REPLY);
        }
        if (!confirmed && heloLength > 0) {
            confirmed = true;
            flow.confirm();
        }
        final boolean newest = outstanding <= 1;
        outstanding = Math.max(0, outstanding - 1);
        if (state == DATA_ASKED) {
            if (code == 354) {
                if (isCommandPending(input(true))) {
                    flow.event(SmtpEvents.PIPELINED);
                }
                outstanding = 0;
                beginMessage();
            } else if (newest) {
                flow.event(SmtpEvents.DATA_REJECTED);
                state = COMMAND;
            }
        } else if (state == TLS_ASKED && newest) {
            if (code == 220) {
                if (isCommandPending(input(true))) {
                    flow.event(SmtpEvents.PIPELINED);
                }
                handOver();
            } else {
                flow.event(SmtpEvents.TLS_REJECTED);
                state = COMMAND;
            }
        } else if (state == MESSAGE && clientGap && code != 354) {
            endMessage(Mail.ERROR);
        }
    }

    private static boolean isCommandPending(final StreamInput input) {
        final Bytes pending = input.peek(Math.min(input.available(), LONGEST_COMMAND));
        return pending != null && COMMANDS.find(pending, 0) >= 0;
    }

    private void beginMessage() {
        state = MESSAGE;
        mail.begin(envelope(), flow);
    }

    private void endMessage(final byte[] how) {
        mail.end(how);
        inChunks = false;
        chunks.clear();
        state = COMMAND;
        clientGap = false;
        enveloped = true;
        endEnvelope();
    }

    private Transaction envelope() {
        if (record == null) {
            record = flow.open(Smtp.RECORD);
            recipients = 0;
            if (heloLength > 0) {
                record.put(Smtp.HELO, helo, 0, heloLength);
            }
        }
        return record;
    }

    private void endEnvelope() {
        if (inChunks) {
            inChunks = false;
            chunks.clear();
            mail.end(null);
        }
        if (record != null) {
            if (enveloped) {
                flow.close(record);
                recorded = true;
            } else {
                flow.discard(record);
            }
            record = null;
            recipients = 0;
            enveloped = false;
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        lost = true;
        outstanding = state == DATA_ASKED ? 0 : outstanding;
        if (!fromClient) {
            if (state == DATA_ASKED) {
                beginMessage();
            } else if (state == TLS_ASKED) {
                handOver();
            }
        } else if (state == DATA_ASKED) {
            beginMessage();
            clientGap = true;
        } else if (state == MESSAGE) {
            clientGap = true;
        } else if (state == CHUNK) {
            if (chunks.miss(missing)) {
                return;
            }
            endMessage(Mail.ERROR);
        }
    }

    @Override
    protected void ended() {
        if (state == MESSAGE || inChunks) {
            endMessage(clientGap ? Mail.ERROR : null);
        }
        if (!enveloped && !recorded && heloLength > 0) {
            envelope();
            enveloped = true;
        }
        endEnvelope();
    }

    private static int argument(final Bytes line, final int from) {
        int at = from;
        while (line.u8(at) == ' ' || line.u8(at) == '\t') {
            at++;
        }
        return Math.min(at, line.length());
    }

    /** Up to the next space: behind it stand parameters of extensions (RFC 1870). */
    private static int argumentLength(final Bytes line, final int from) {
        final int start = argument(line, from);
        final int space = line.indexOf(' ', start);
        return (space < 0 ? line.length() : space) - start;
    }
}
