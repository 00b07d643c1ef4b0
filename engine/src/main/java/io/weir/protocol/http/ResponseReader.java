package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Protocol;
import io.weir.protocol.StreamInput;
import io.weir.protocol.Transaction;
import io.weir.protocol.elasticsearch.Elasticsearch;
import io.weir.protocol.file.FileRecord;
import io.weir.protocol.websocket.SubProtocols;

/** Reads responses and completes with each the transaction of its request, or one of its own if that was not seen. */
final class ResponseReader extends MessageReader {
    private static final byte[] NAME = "HTTP".getBytes(US_ASCII);
    private static final byte[] ICY = "ICY ".getBytes(US_ASCII);
    private static final byte[] WEBSOCKET = "websocket".getBytes(US_ASCII);
    private static final byte[] H2C = "h2c".getBytes(US_ASCII);

    private static final int MOST_LOOKED_AT = 1024;
    private static final int STATUS_LENGTH = 3;
    private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
    /** Where the status stands behind it. */
    private static final int STATUS_FROM = 9;

    private Exchanges exchanges;
    private RequestReader requests;
    private final Framing framing = new Framing();
    private final ContentRange contentRange = new ContentRange();
    private Transaction transaction;
    private int requestFlags;
    private int status;
    private boolean interim;
    private boolean begun;
    private boolean lost;
    /** When that was known. */
    private long lostNs;
    private boolean typeTold;
    private boolean locationTold;
    private boolean rangeTold;
    /** Its version is 1.0. */
    private boolean isOld;
    private Upgrade upgrade;
    private Protocol inner;
    private Transaction upgraded;

    ResponseReader() {
        super(false);
    }

    /** Responses are to these requests. */
    void answers(final Exchanges waiting, final RequestReader reader) {
        // Mostly it is those it had before: to look costs less than to store references.
        if (requests != reader) {
            exchanges = waiting;
            requests = reader;
        }
    }

    /** Begins with the responses of a connection, of which there were some if it has {@code begun}. */
    void start(final FlowContext context, final Views ofWorker, final boolean isWatched, final boolean hasBegun) {
        start(context, ofWorker, isWatched);
        transaction = null;
        requestFlags = 0;
        status = 0;
        interim = false;
        begun = hasBegun;
        lost = false;
        upgrade = Upgrade.NONE;
        inner = null;
    }

    /** The transaction of the response being read, or null. */
    Transaction transaction() {
        return transaction;
    }

    /** Responses may be missing; between two of them, the beginning of the next one is. */
    void lost() {
        if (isAtStart() && !lost && exchanges.next() != null) {
            closeHalf(exchanges.poll());
        }
        exchanges.answeredUnseen();
        lost = true;
        lostNs = flow.timestampNs();
    }

    /** True if it is not known which request the next response belongs to. */
    boolean isLost() {
        return lost;
    }

    /** True if there was one. */
    boolean hasBegun() {
        return begun;
    }

    /** What the connection becomes behind the response just read. */
    Upgrade upgrade() {
        return upgrade;
    }

    /** The request that what follows an upgrade answers first, or null; it is the caller's. */
    Transaction takeUpgraded() {
        final Transaction taken = upgraded;
        upgraded = null;
        return taken;
    }

    /** What both sides have agreed to speak inside of WebSocket's frames, or null. */
    Protocol inner() {
        return inner;
    }

    /** Reads what it needs first when more comes, so that it is in the cache. */
    int touchAll() {
        return touch() + (transaction == null ? status : transaction.length());
    }

    @Override
    boolean mayStart(final Bytes beginning) {
        return beginning.matchesIgnoringCase(0, NAME) && beginning.u8(NAME.length) == '/';
    }

    @Override
    boolean startLine(final Bytes line, final boolean searching) {
        final StatusLine words = views.statusLine;
        if (!words.wrap(line)) {
            return false;
        }
        status = words.status;
        if (searching && status == 0) {
            return false;
        }
        framing.clear();
        upgrade = Upgrade.NONE;
        inner = null;
        begun = true;
        interim = status >= 100 && status < 200 && status != 101;
        if (interim) {
            return true;
        }
        take();
        isOld = words.isOld;
        if (status > 0) {
            transaction.put(Http.STATUS, status);
        } else if (words.code < words.codeEnd) {
            transaction.put(Http.STATUS_STRING, line, words.code, words.codeEnd - words.code);
        }
        if (status == 0) {
            flow.event(HttpEvents.INVALID_STATUS, transaction);
        }
        if (watched) {
            inspected(line, words.version, words.code, words.codeEnd, words.end);
        }
        return true;
    }

    @Override
    boolean isTargetPlain(final Bytes line) {
        return true;
    }

    private void inspected(final Bytes line, final int from, final int code, final int codeEnd, final int to) {
        if (flow.wants(HttpBuffers.RESPONSE_LINE)) {
            transaction.inspected(false).put(HttpBuffers.RESPONSE_LINE, line);
        }
        if (flow.wants(HttpBuffers.PROTOCOL)) {
            transaction.inspected(false).put(HttpBuffers.PROTOCOL, line, from, Line.wordEnd(line, from, to) - from);
        }
        final int message = Line.skipBlanks(line, codeEnd, to);
        final byte[] phrase = passedOver && codeEnd - code == STATUS_LENGTH
            ? ReasonPhrase.in(line, message, to, status) : null;
        if (phrase != null) {
            transaction.later(flow.wants(HttpBuffers.STATUS_CODE) ? HttpBuffers.STATUS_CODE : null, status,
                flow.wants(HttpBuffers.STATUS_MESSAGE) ? HttpBuffers.STATUS_MESSAGE : null, phrase);
            return;
        }
        if (flow.wants(HttpBuffers.STATUS_CODE) && code < codeEnd) {
            transaction.inspected(false).put(HttpBuffers.STATUS_CODE, line, code, codeEnd - code);
        }
        if (flow.wants(HttpBuffers.STATUS_MESSAGE) && message < to) {
            transaction.inspected(false).put(HttpBuffers.STATUS_MESSAGE, line, message, to - message);
        }
    }

    /** An interim response has no body; one that announces it is taken for final all the same. */
    private void takeForFinal() {
        interim = false;
        take();
        transaction.put(Http.STATUS, status);
    }

    /** Takes the transaction that this response belongs to. */
    private void take() {
        typeTold = false;
        locationTold = false;
        rangeTold = false;
        final boolean paired = pair();
        transaction = paired ? exchanges.next() : null;
        requestFlags = paired ? exchanges.nextFlags() : 0;
        if (paired) {
            exchanges.removeNext();
        }
        exchanges.answering(true);
        if (transaction == null) {
            exchanges.answeredUnseen();
            transaction = flow.open(Http.RECORD);
        } else {
            flow.confirm();
            requests.responseBegan(transaction);
        }
        if (passedOver) {
            transaction.passOver(false);
        }
    }

    /**
     * Brings the requests that wait in line with the response that begins: behind missing ones, that to the last
     * request, unless the client does not wait for responses.
     *
     * @return false if it belongs to none of them
     */
    private boolean pair() {
        final boolean several = exchanges.count() > 1;
        if (!lost && !exchanges.isUnknown()) {
            exchanges.answersInOrder();
            return true;
        }
        if (exchanges.isPipelined() && (several || exchanges.isUnknown()) || !lost) {
            closeHalves(0);
            exchanges.unknown();
            lost = false;
            return false;
        }
        // What waited behind the gap is told with the frame that declared it, and behind later requests.
        if (several && flow.timestampNs() == lostNs) {
            return false;
        }
        closeHalves(1);
        exchanges.settle();
        lost = false;
        return true;
    }

    private void closeHalves(final int left) {
        while (exchanges.count() > left) {
            closeHalf(exchanges.poll());
        }
    }

    /** Closes a request that has got no response. */
    void closeHalf(final Transaction request) {
        requests.answered(request);
        request.put(Http.LENGTH, 0);
        flow.close(request);
    }

    /**
     * True if the next response may have neither status nor headers: that to a request of HTTP/0.9, and the first one
     * of a connection.
     */
    boolean mayBeSimple() {
        return isAtStart() && (exchanges.nextFlags() == Exchanges.SIMPLE
            || !begun && !lost && !flow.isMidStream() && exchanges.next() != null);
    }

    /**
     * Looks whether a response has a status line, perhaps behind something else; begins with it if it has none.
     *
     * @return false if more is needed to tell
     */
    boolean isToldFromSimple(final StreamInput input) {
        if (input.wrapArrived(views.rest) && views.rest.matches(0, NAME)) {
            return true;
        }
        final int known = Math.min(MOST_LOOKED_AT, input.available());
        final Bytes beginning = input.peek(known);
        if (beginning == null) {
            return true;
        }
        final int from = Line.skipBlanks(beginning, 0, known);
        final Answer first = status(beginning, from);
        if (first != Answer.NO) {
            return first == Answer.YES;
        }
        if (exchanges.nextFlags() != Exchanges.SIMPLE) {
            final int end = beginning.indexOf('\n', from);
            final Answer second = end < 0 ? Answer.MORE : status(beginning, end + 1);
            if (second != Answer.NO && known < MOST_LOOKED_AT) {
                return second == Answer.YES;
            }
        }
        beginSimple(input);
        return true;
    }

    /**
     * Begins anew with what came last if it starts with a status line and no message was found in front of it: the end
     * of a body whose beginning was not seen may have no line end. Within a segment such text is content.
     */
    void seek(final StreamInput input) {
        if ((begun || !flow.isMidStream()) && !lost || !isSearching() && !isAtStart()) {
            return;
        }
        final Bytes before = input.peekKept();
        final boolean nothingBegins = before.isEmpty() || statusLine(before) == Answer.NO;
        final Answer begins = statusLine(input.peekArrived());
        if (begins == Answer.YES || begins == Answer.MORE && nothingBegins) {
            searchAnew(input);
        }
    }

    /** Whether bytes begin with a strict status line: more is asked if they are the beginning of one. */
    private static Answer statusLine(final Bytes line) {
        final int known = Math.min(line.length(), STATUS_FROM + STATUS_LENGTH + 1);
        for (int i = 0; i < known; i++) {
            if (!isOfStatusLine(i, line.u8(i))) {
                return Answer.NO;
            }
        }
        return known > STATUS_FROM + STATUS_LENGTH ? Answer.YES : Answer.MORE;
    }

    private static boolean isOfStatusLine(final int at, final int value) {
        return at < VERSION.length ? value == VERSION[at]
            : at < STATUS_FROM - 1 ? value >= '0' && value <= '9'
            : at == STATUS_FROM - 1 ? value == ' '
            : at == STATUS_FROM ? value >= '1' && value <= '9'
            : at < STATUS_FROM + STATUS_LENGTH ? value >= '0' && value <= '9'
            : value == ' ' || value == '\r';
    }

    /** The response is all that comes. */
    void beginSimple(final StreamInput input) {
        passedOver = false;
        take();
        content.begin(flow, views);
        content.bodyBegins(transaction, input);
        body.toEnd(input);
        beginBody();
    }

    private static Answer status(final Bytes bytes, final int from) {
        for (int i = 0; i < NAME.length; i++) {
            final int value = bytes.u8(from + i);
            if (value < 0) {
                return Answer.MORE;
            }
            if ((value & ~0x20) != NAME[i] && value != ICY[i]) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }

    @Override
    void header(final Header header, final Bytes line, final int from, final int to) {
        final boolean isFraming = framing.header(header, lines.isFolded(), line, from, to);
        if (interim && framing.announcesBody()) {
            takeForFinal();
        }
        if (isFraming || interim || from >= to) {
            return;
        }
        switch (header) {
            case CONTENT_TYPE -> contentType(line, from, to);
            case LOCATION -> {
                if (!locationTold) {
                    locationTold = true;
                    transaction.put(Http.LOCATION, line, from, to - from);
                } else {
                    lines.more(transaction, Http.LOCATION, line, from, to);
                }
            }
            case CONTENT_RANGE -> {
                if (!rangeTold) {
                    rangeTold = true;
                    contentRange.tell(line, from, to, transaction, content);
                }
            }
            case UPGRADE -> upgrade = line.matchesIgnoringCase(from, WEBSOCKET) ? Upgrade.WEBSOCKET
                : line.matchesIgnoringCase(from, H2C) ? Upgrade.HTTP2 : Upgrade.OTHER;
            case WEBSOCKET_PROTOCOL -> inner = SubProtocols.named(line, from, to);
            case ELASTIC_PRODUCT -> flow.label(Elasticsearch.PROTOCOL);
            default -> {
                // Of no meaning in a response.
            }
        }
    }

    private void contentType(final Bytes line, final int from, final int to) {
        if (typeTold) {
            return;
        }
        typeTold = true;
        final int semicolon = line.indexOf(';', from, to);
        final int end = semicolon < 0 ? to : semicolon;
        transaction.put(Http.CONTENT_TYPE, line, from, end - from);
        if (Content.ofType(flow, line, from, end) == Content.DOH) {
            content.announceDns();
        }
    }

    @Override
    void headerTooLong() {
        flow.event(HttpEvents.RESPONSE_FIELD_TOO_LONG, transaction);
    }

    @Override
    void headersEnd(final StreamInput input) {
        if (framing.isRepeated()) {
            flow.event(HttpEvents.RESPONSE_DUPLICATE_LENGTH, transaction);
        }
        if (lines.missesColon()) {
            flow.event(HttpEvents.RESPONSE_MISSING_COLON, transaction);
        }
        if (framing.isInvalid()) {
            flow.event(HttpEvents.RESPONSE_INVALID_LENGTH, transaction);
        }
        if (isOld && framing.isChunked()) {
            flow.event(HttpEvents.CHUNKED_OLD, transaction);
        }
        if (interim) {
            body.none();
            return;
        }
        if (headKept) {
            head.tell(flow, transaction.inspected(false), false);
        }
        content.bodyBegins(transaction, input);
        final boolean tunnel = requestFlags == Exchanges.CONNECT && status >= 200 && status < 300;
        if (tunnel || status == 101 && (upgrade != Upgrade.NONE || !framing.announcesBody())) {
            body.none();
            if (tunnel) {
                upgrade = Upgrade.TUNNEL;
            } else if (status == 101 && upgrade == Upgrade.NONE) {
                upgrade = Upgrade.OTHER;
            }
            return;
        }
        upgrade = Upgrade.NONE;
        if (requestFlags == Exchanges.HEAD) {
            body.none();
        } else if (status == 204 || status == 304) {
            noBody();
        } else if (framing.isChunked()) {
            body.chunked();
        } else if (framing.length() >= 0) {
            body.ofLength(framing.length(), input);
        } else {
            body.toEnd(input);
        }
    }

    /** The status forbids a body; what comes all the same may be seen as one. */
    private void noBody() {
        if (watched && framing.announcesBody()) {
            body.expected(framing.isChunked() ? -1 : framing.length());
            body.refuse();
        } else {
            body.none();
        }
    }

    @Override
    boolean messageEnd(final StreamInput input) {
        close(input, true);
        if (upgrade != Upgrade.NONE) {
            stop();
        }
        // A client that asked for a tunnel and did not get one may have sent the next request already. The answer about
        // the tunnel may stand right behind this one. What answers a simple request has no beginning to look for.
        return exchanges.nextFlags() != Exchanges.SIMPLE && (!requests.isStopped() || exchanges.count() > 0);
    }

    @Override
    void messageLost(final StreamInput input) {
        close(input, false);
    }

    /** Closes the transaction of the response being read, if there is one. */
    void close(final StreamInput input, final boolean complete) {
        if (transaction != null) {
            if (complete) {
                tellDns(exchanges);
            }
            final boolean odd = body.isExtended() || body.isWithoutSize();
            final Transaction file = content.end(input, body.content(input), complete, !odd);
            if (body.isExtended()) {
                flow.event(HttpEvents.RESPONSE_CHUNK_EXTENSION, transaction);
            }
            if (body.isWithoutSize()) {
                flow.event(HttpEvents.RESPONSE_CHUNK_LENGTH, transaction);
            }
            if (complete && upgrade == Upgrade.HTTP2) {
                upgraded = UpgradedRequest.of(flow, transaction, views.told);
            }
            requests.answered(transaction);
            final int shared = transaction.length();
            transaction.put(Http.LENGTH, body.received(input));
            if (file == null) {
                flow.close(transaction);
            } else {
                FileRecord.close(flow, transaction, file, shared, Http.OBJECT);
            }
            transaction = null;
            exchanges.answering(false);
        }
    }
}
