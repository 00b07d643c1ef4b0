package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.StreamInput;
import io.weir.protocol.dns.CarriedDns;

/**
 * Reads the messages of one direction: a start line, header lines, a body, again and again. Lines may end in LF alone,
 * values may go on in lines that begin with a blank (obs-fold), names may be followed by blanks, empty lines may stand
 * in front: servers put up with all that.
 */
abstract class MessageReader {
    /** Where a direction stands. */
    private enum State { START, SEARCH, HEADERS, BODY, OVER }

    /** Of a message with more header lines the rest is not looked at. */
    static final int MOST_HEADERS = 256;
    private static final int MOST_LINE = 16 * 1024;
    private static final byte[] CR_LF = {'\r', '\n'};
    private static final byte[] LF = {'\n'};
    private static final int CR_AND_LF = '\r' << 8 | '\n';
    /** With that many, it is no message. */
    private static final int TOO_MANY_HEADERS = 16 * 1024;
    /** No message is shorter: {@code GET / HTTP/1.0} and its end. */
    private static final int SHORTEST_MESSAGE = 16;
    /** Lines in which the next message is searched after a gap, before the direction is given up. */
    private static final int MOST_SEARCHED = 64 * 1024;
    /** Bytes that tell whether a line may be the start of a message. */
    private static final int TELLING = 8;

    final BodyContent content;
    final Body body;
    /** Made when it is first needed: where nobody watches, none is. */
    Head head;
    Views views;
    FlowContext flow;
    boolean watched;
    /** First line and headers are kept, since rules ask for them. */
    boolean headKept;
    /** Rules find nothing in the message as far as it has come, and its headers have come. */
    boolean passedOver;

    final HeaderLines lines = new HeaderLines(this);

    private State state;
    private int headers;
    private int searched;
    /** The line being searched is no start of a message. */
    private boolean inLine;
    private boolean bareEnd;
    private boolean blankLine;

    MessageReader(final boolean fromClient) {
        content = new BodyContent(fromClient);
        body = new Body(content, !fromClient);
    }

    /** Reads some of its state, so that it is in the cache. */
    final int touch() {
        return headers + body.touch() + content.touch();
    }

    /** Sets all back: the next that comes is the start of a message. */
    final void start(final FlowContext context, final Views ofWorker, final boolean isWatched) {
        flow = context;
        views = ofWorker;
        watched = isWatched;
        forgetHead();
        content.started();
        state = State.START;
        searched = 0;
        inLine = false;
        passedOver = false;
        body.none();
    }

    /** The flow has ended: gives back what was taken. */
    final void release() {
        forgetHead();
        content.release();
    }

    private void forgetHead() {
        if (head != null) {
            head.giveBack();
        }
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

    /** True if it looks for the next message. */
    final boolean isSearching() {
        return state == State.SEARCH;
    }

    /** True between messages, if none of those before is of meaning for those that follow. */
    final boolean mayRest() {
        return state == State.START && !content.isInParts();
    }

    /** True if a line that begins with these bytes may start a message, by strict judgement. */
    abstract boolean mayStart(Bytes beginning);

    /** Takes a line for the start of a message; false if it is none. */
    abstract boolean startLine(Bytes line, boolean searching);

    /** True if what the first line tells is told as it was sent. */
    abstract boolean isTargetPlain(Bytes line);

    /** What stands where a message should begin is none. */
    void unexpected() {
        // Servers send all kinds of things in front of their first response.
    }

    /** A header is longer than is read. */
    abstract void headerTooLong();

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

    /** Searches from what came last on, whatever came before. */
    final void searchAnew(final StreamInput input) {
        input.startAtArrived();
        inLine = false;
    }

    private boolean start(final StreamInput input) {
        final int value = input.next();
        if (value < 0) {
            return false;
        }
        if (value != '\r' && value != '\n' && value != ' ' && value != 0 && !Method.isPart(value)) {
            state = State.SEARCH;
            unexpected();
            return true;
        }
        final boolean passes = watched && mayPassOver(input);
        if (Method.isPart(value) && (!watched || passes || !Head.isWanted(flow)) && input.wrapArrived(views.rest)) {
            final int found = views.lines.findHead(views.rest, MOST_HEADERS, MOST_LINE);
            if (views.lines.first() > 0 && (!passes || isPlain(views.rest, views.lines))) {
                beginWhole(input, found, passes);
                return true;
            }
        }
        final Bytes line = input.until('\n', MOST_LINE);
        if (line == null) {
            return false;
        }
        if (line.length() > 1 || !line.isEmpty() && line.u8(0) != '\r') {
            begin(input, line, false);
        }
        return true;
    }

    /** True if rules find nothing in a message that begins here, and its head is not kept for them. */
    private boolean mayPassOver(final StreamInput input) {
        return input.wrapRest(views.rest) && flow.passesOver(content.isFromClient()) && !flow.wantsPassedOver();
    }

    /** True if a head has come whole, and what it tells is told as it was sent. */
    private boolean isPlain(final Bytes rest, final TextLines text) {
        return rest.u16(text.length()) == CR_AND_LF && isTargetPlain(views.part.wrap(rest, 0, text.first()));
    }

    private boolean search(final StreamInput input) {
        if (inLine) {
            inLine = !input.skipTo('\n');
        }
        final Bytes beginning = inLine ? null : input.peek(TELLING);
        if (beginning == null) {
            return false;
        }
        if (!mayStart(beginning)) {
            if (searched++ == MOST_SEARCHED) {
                input.skipAll();
                return false;
            }
            inLine = true;
            return true;
        }
        final Bytes line = input.until('\n', MOST_LINE);
        if (line != null) {
            begin(input, line, true);
        }
        return line != null;
    }

    private void begin(final StreamInput input, final Bytes raw, final boolean searching) {
        state = State.HEADERS;
        lines.begin();
        headers = 0;
        blankLine = false;
        final int length = Line.endWithoutReturn(raw);
        bareEnd = length == raw.length();
        content.begin(flow, views);
        body.none();
        passedOver = watched && input.wrapRest(views.rest) && flow.passesOver(content.isFromClient())
            && PlainMessage.isLine(raw, length) && isTargetPlain(raw) && PlainMessage.hasHeaders(views.rest);
        headKept = watched && (!passedOver || flow.wantsPassedOver()) && Head.isWanted(flow);
        if (headKept) {
            if (head == null) {
                head = new Head();
            }
            head.begin(flow.buffers());
            head.firstLine(views.part.wrap(raw, 0, length), bareEnd ? LF : CR_LF);
        }
        final int split = watched ? HeaderLines.splitAt(raw, Line.skipBlanks(raw, 0, length), length) : length;
        if (startLine(views.part.wrap(raw, 0, split), searching)) {
            searched = 0;
            if (split < length) {
                lines.take(raw.wrap(raw, split + 1, length - split - 1));
            }
        } else {
            flow.skipped(length);
            state = State.SEARCH;
            forgetHead();
            if (!searching) {
                unexpected();
            }
        }
    }

    /**
     * Begins with a message whose first line, with headers behind it, is one for everybody, where rules do not ask for
     * its head: mostly all of it is there, and is looked at in place and once.
     */
    private void beginWhole(final StreamInput input, final int found, final boolean isPassedOver) {
        final Bytes rest = views.rest;
        final TextLines text = views.lines;
        state = State.HEADERS;
        lines.begin();
        headers = text.count();
        blankLine = false;
        bareEnd = false;
        passedOver = isPassedOver;
        headKept = false;
        content.begin(flow, views);
        body.none();
        if (!startLine(views.part.wrap(rest, 0, text.first()), false)) {
            flow.skipped(text.first());
            input.skip(text.first() + CR_LF.length);
            state = State.SEARCH;
            unexpected();
            return;
        }
        searched = 0;
        lines.takeFound(rest, 0, text, found);
        final int length = text.length();
        final boolean isWhole = rest.u16(length) == CR_AND_LF;
        input.skip(isWhole ? length + CR_LF.length : length);
        if (isWhole) {
            endHeaders(input);
        }
    }

    /** A message without start line and headers has begun, whose {@link #body} is set. */
    final void beginBody() {
        state = State.BODY;
    }

    private boolean headers(final StreamInput input) {
        if (blankLine) {
            final int next = input.next();
            if (next < 0) {
                return false;
            }
            blankLine = false;
            if (next != '\r' && next != '\n') {
                return endHeaders(input);
            }
        }
        if ((!watched || passedOver && !headKept) && input.wrapArrived(views.rest)) {
            final int whole = wholeLines(views.rest);
            if (views.rest.u16(whole) == CR_AND_LF) {
                input.skip(whole + CR_LF.length);
                return endHeaders(input);
            }
            input.skip(whole);
        }
        final Bytes line = input.until('\n', MOST_LINE);
        if (line == null) {
            return false;
        }
        if (input.isCut()) {
            headerTooLong();
        }
        final int length = Line.endWithoutReturn(line);
        final boolean wasBare = bareEnd;
        bareEnd = length == line.length();
        if (headKept) {
            head.line(views.part.wrap(line, 0, length), bareEnd ? LF : CR_LF);
        }
        if (length == 0) {
            return endHeaders(input);
        }
        if (headers++ >= MOST_HEADERS) {
            flow.skipped(length);
            if (headers == TOO_MANY_HEADERS) {
                input.skipAll();
                return false;
            }
            return true;
        }
        // Where lines end in LF alone, some receivers take a blank line for an empty one.
        blankLine = Line.isBlank(line.u8(0)) && (bareEnd || wasBare) && Line.skipBlanks(line, 0, length) == length;
        lines.take(line.wrap(line, 0, length));
        return true;
    }

    /**
     * The lines in front that are headers as they should be, where nobody looks at others: each is looked at once, in
     * place, and the value of most not at all.
     *
     * @return their length; what stands behind is an empty line, one that goes on another, too long or not there yet
     */
    private int wholeLines(final Bytes rest) {
        final TextLines text = views.lines;
        int at = 0;
        while (headers < MOST_HEADERS) {
            final int found = text.find(rest, at, MOST_HEADERS - headers, MOST_LINE);
            if (text.count() > 0) {
                headers += text.count();
                bareEnd = false;
                lines.takeFound(rest, at, text, found);
                at += text.length();
            }
            // What stands there now is odd, or the last.
            final int end = headers < MOST_HEADERS && rest.u8(at) > ' ' ? rest.indexOf('\n', at, at + MOST_LINE) : -1;
            if (end < 0) {
                break;
            }
            headers++;
            bareEnd = rest.u8(end - 1) != '\r';
            lines.takeOne(views.part.wrap(rest, at, end - at));
            at = end + 1;
        }
        return at;
    }

    private boolean endHeaders(final StreamInput input) {
        state = State.BODY;
        headersEnd(input);
        forgetHead();
        return state != State.OVER;
    }

    /** Tells the message of DNS that the body is, if it has come whole. */
    final void tellDns(final Exchanges exchanges) {
        final Bytes message = content.dns();
        if (message != null) {
            tellDns(message, exchanges);
        }
    }

    /** Tells a message of DNS that was carried. */
    final void tellDns(final Bytes message, final Exchanges exchanges) {
        if (CarriedDns.tell(flow, content.isFromClient(), message, exchanges.dnsMessages())) {
            exchanges.dnsTold();
            flow.label(Content.DOH);
        }
    }

    /** Takes the name of a header. */
    final void name(final Bytes line, final int from, final int to) {
        if (headKept) {
            head.name(line, from, to);
        }
    }

    /** Takes the value of a header, or what stands in a further line of it. */
    final void value(final Header header, final Bytes line, final int from, final int to) {
        if (headKept) {
            head.value(line, from, to);
        }
        if (header == Header.CONTENT_ENCODING) {
            content.coding(line, from, to);
        } else if (header == Header.CONTENT_DISPOSITION) {
            content.disposition(line, from, to);
        } else if (header != Header.OTHER) {
            header(header, line, from, to);
        }
    }

    /** True if the message being read has lines behind its first. */
    final boolean hasHeaders() {
        return headers > 0;
    }

    /** False if it has more headers than are looked at. */
    final boolean hasAllHeaders() {
        return headers <= MOST_HEADERS;
    }

    private boolean body(final StreamInput input) {
        if (body.isRefused()) {
            final Bytes beginning = input.peek(TELLING);
            if (beginning == null) {
                return false;
            }
            if (mayStart(beginning) && !body.isChunkSize(beginning)) {
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
        inLine = false;
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

    /** Goes on behind missing bytes if they are the body's that is being read, or too few more to hold a message. */
    final boolean isGapPassed(final StreamInput input, final long missing) {
        if (state != State.BODY) {
            return false;
        }
        final long behind = body.missingBehind(missing);
        if (behind > 0 && behind < SHORTEST_MESSAGE || behind == 0 && !body.isGapWithin(missing)) {
            body.endsWithin(missing);
            state = behind == 0 ? State.START : State.SEARCH;
            messageEnd(input);
            return true;
        }
        if (behind != 0 && !body.isGapWithin(missing)) {
            return false;
        }
        if (body.isOver()) {
            state = State.START;
            messageEnd(input);
        }
        return true;
    }

    /** The direction has ended. */
    final void finish(final StreamInput input) {
        if (state == State.BODY && body.isToEnd()) {
            state = State.START;
            messageEnd(input);
        } else {
            rest(input, true);
        }
    }

    /** What is there of a first line is all that comes of it: it is answered. */
    final void endLine(final StreamInput input) {
        rest(input, false);
    }

    private void rest(final StreamInput input, final boolean searching) {
        if (state == State.START && input.available() > 1 && input.available() < MOST_LINE) {
            final Bytes line = input.take(input.available());
            if (line != null) {
                begin(input, line, searching);
            }
        }
    }
}
