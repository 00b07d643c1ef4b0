package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.StreamInput;

/**
 * Reads the messages of one direction: a start line, header lines, a body, again and again. Lines may end in LF alone,
 * values may go on in lines that begin with a blank (obs-fold), names may be followed by blanks, empty lines may stand
 * in front: servers put up with all that.
 */
abstract class MessageReader {
    /** Where a direction stands. */
    private enum State { START, SEARCH, HEADERS, BODY, OVER }

    private static final int MOST_LINE = 16 * 1024;
    /** Of a message with more header lines the rest is not looked at. */
    private static final int MOST_HEADERS = 256;
    /** With that many, it is no message. */
    private static final int TOO_MANY_HEADERS = 16 * 1024;
    /** Lines in which the next message is searched after a gap, before the direction is given up. */
    private static final int MOST_SEARCHED = 64 * 1024;
    /** Bytes that tell whether a line may be the start of a message. */
    private static final int TELLING = 8;

    final Body body = new Body();
    FlowContext flow;

    private State state;
    private Header last;
    private int headers;
    private int searched;

    /** Sets all back. */
    void start(final FlowContext context) {
        flow = context;
        state = State.START;
        last = Header.OTHER;
        headers = 0;
        searched = 0;
        body.none();
    }

    /** Reads no more. */
    final void stop() {
        state = State.OVER;
    }

    /** Reads again, from the start of a message on. */
    final void resume() {
        state = State.START;
    }

    /** True if it was stopped. */
    final boolean isStopped() {
        return state == State.OVER;
    }

    /** True between messages. */
    final boolean isAtStart() {
        return state == State.START;
    }

    /** True if a line that begins with these bytes may start a message, by strict judgement. */
    abstract boolean mayStart(Bytes beginning);

    /** Takes a line for the start of a message; false if it is none. */
    abstract boolean startLine(Bytes line, boolean searching);

    /** A header with its value, which may be empty; called again with what stands in further lines of it. */
    abstract void header(Header header, Bytes line, int from, int to);

    /** The headers have ended: sets the {@link #body}. */
    abstract void headersEnd(StreamInput input);

    /** The message has ended. False if what follows must wait. */
    abstract boolean messageEnd(StreamInput input);

    /** Bytes were lost in the middle of a message, of which no more will be known. */
    abstract void messageLost(StreamInput input);

    /** Consumes what is there. */
    final void read(final StreamInput input) {
        while (step(input)) {
            // Until more is needed.
        }
    }

    private boolean step(final StreamInput input) {
        return switch (state) {
            case START -> start(input);
            case SEARCH -> search(input);
            case HEADERS -> headers(input);
            case BODY -> body(input);
            case OVER -> false;
        };
    }

    private boolean start(final StreamInput input) {
        final Bytes first = input.peek(1);
        if (first == null) {
            return false;
        }
        final int value = first.u8(0);
        if (value != '\r' && value != '\n' && value != ' ' && !Method.isPart(value)) {
            state = State.SEARCH;
            return true;
        }
        final Bytes line = input.line(MOST_LINE);
        if (line == null) {
            return false;
        }
        if (!line.isEmpty()) {
            begin(line, false);
        }
        return true;
    }

    private boolean search(final StreamInput input) {
        final Bytes beginning = input.peek(TELLING);
        if (beginning == null) {
            return false;
        }
        if (!mayStart(beginning)) {
            if (searched++ == MOST_SEARCHED) {
                input.skipAll();
                return false;
            }
            // One byte and a skip to the next line end: nothing is kept meanwhile.
            return input.line(1) != null;
        }
        final Bytes line = input.line(MOST_LINE);
        if (line != null) {
            begin(line, true);
        }
        return line != null;
    }

    private void begin(final Bytes line, final boolean searching) {
        state = State.HEADERS;
        last = Header.OTHER;
        headers = 0;
        if (startLine(line, searching)) {
            searched = 0;
        } else {
            flow.skipped(line.length());
            state = State.SEARCH;
        }
    }

    /** A message without start line and headers has begun, whose {@link #body} is set. */
    final void beginBody() {
        state = State.BODY;
    }

    private boolean headers(final StreamInput input) {
        final Bytes line = input.line(MOST_LINE);
        if (line == null) {
            return false;
        }
        if (line.isEmpty()) {
            state = State.BODY;
            headersEnd(input);
            return state != State.OVER;
        }
        if (headers++ >= MOST_HEADERS) {
            flow.skipped(line.length());
            if (headers == TOO_MANY_HEADERS) {
                input.skipAll();
                return false;
            }
            return true;
        }
        headerLine(line);
        return true;
    }

    private void headerLine(final Bytes line) {
        int to = line.length();
        while (to > 0 && line.u8(to - 1) <= ' ') {
            to--;
        }
        int from = 0;
        if (line.u8(0) != ' ' && line.u8(0) != '\t') {
            final int colon = line.indexOf(':', 0);
            if (colon < 0) {
                last = Header.OTHER;
                return;
            }
            int nameEnd = colon;
            while (nameEnd > 0 && line.u8(nameEnd - 1) <= ' ') {
                nameEnd--;
            }
            last = Header.of(line, 0, nameEnd);
            from = colon + 1;
        }
        if (last != Header.OTHER) {
            while (from < to && line.u8(from) <= ' ') {
                from++;
            }
            header(last, line, from, to);
        }
    }

    private boolean body(final StreamInput input) {
        if (body.isRefused()) {
            final Bytes beginning = input.peek(TELLING);
            if (beginning == null) {
                return false;
            }
            if (mayStart(beginning)) {
                body.none();
            }
        }
        if (body.isComplete(input)) {
            state = State.START;
            return messageEnd(input) && state != State.OVER;
        }
        if (body.isBroken()) {
            state = State.SEARCH;
            messageLost(input);
            return true;
        }
        return false;
    }

    /** Goes on behind missing bytes. */
    final void gap(final StreamInput input, final long missing) {
        if (state == State.OVER) {
            return;
        }
        if (state == State.BODY && body.endsWithin(missing)) {
            state = missing == 1 ? State.START : State.SEARCH;
            messageEnd(input);
            return;
        }
        final boolean inMessage = state == State.HEADERS || state == State.BODY;
        state = State.SEARCH;
        if (inMessage) {
            messageLost(input);
        }
    }

    /** The direction has ended. */
    final void finish(final StreamInput input) {
        if (state == State.BODY && body.isToEnd()) {
            state = State.START;
            messageEnd(input);
        } else if (state == State.START && input.available() > 1 && input.available() < MOST_LINE) {
            final Bytes line = input.take(input.available());
            if (line != null) {
                begin(line, true);
            }
        }
    }
}
