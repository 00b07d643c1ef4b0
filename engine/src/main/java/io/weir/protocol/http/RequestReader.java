package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.StreamInput;
import io.weir.protocol.Transaction;
import io.weir.protocol.dns.CarriedDns;

/** Reads requests; each opens a transaction, which waits among the exchanges for its response. */
final class RequestReader extends MessageReader {
    private static final byte[] HEAD = "HEAD".getBytes(US_ASCII);
    private static final byte[] CONNECT = "CONNECT".getBytes(US_ASCII);
    private static final byte[] HTTP = "http://".getBytes(US_ASCII);
    private static final byte[] HTTPS = "https://".getBytes(US_ASCII);
    /** Schemes of authorization, IANA's registry as far as it is in use. */
    private static final byte[][] SCHEMES = {"basic".getBytes(US_ASCII), "digest".getBytes(US_ASCII),
        "bearer".getBytes(US_ASCII), "negotiate".getBytes(US_ASCII), "ntlm".getBytes(US_ASCII),
        "aws4-hmac-sha256".getBytes(US_ASCII)};
    /** Names are told of that many requests of a flow; more would hardly tell more. */
    private static final int MOST_NAMED = 4;

    private final Exchanges exchanges;
    private final Framing framing = new Framing();
    private Transaction transaction;
    private int flags;
    private int named;
    private boolean kept;
    private boolean hostTold;
    /** Its target has told which host it is for, not its header Host. */
    private boolean isHostOfTarget;
    /** Its version asks for a header Host, and none has come. */
    private boolean needsHost;
    private boolean agentTold;
    private boolean refererTold;
    private boolean expecting;
    /** Requests may be missing in front of the next one. */
    private boolean lost;
    /** When that was known. */
    private long lostNs;
    /** One has begun in the piece that is read. */
    private boolean begunInPiece;

    RequestReader(final Exchanges exchanges) {
        super(true);
        this.exchanges = exchanges;
    }

    /** Begins with the requests of a connection behind so many. */
    void start(final FlowContext context, final Views ofWorker, final boolean isWatched, final int before) {
        start(context, ofWorker, isWatched);
        transaction = null;
        flags = 0;
        named = before;
        expecting = false;
        lost = false;
        begunInPiece = false;
    }

    /** The next piece is read. */
    void pieceBegins() {
        begunInPiece = false;
    }

    /** Requests may be missing. */
    void lost() {
        lost = true;
        lostNs = flow.timestampNs();
    }

    /** True if requests may be missing in front of the next one. */
    boolean isLost() {
        return lost;
    }

    /** Requests that have begun. */
    int count() {
        return named;
    }

    /** True while no request has begun. */
    boolean isFirst() {
        return named == 0;
    }

    /** A response has completed a transaction: if it is that of the request being read, it gets no more. */
    void answered(final Transaction complete) {
        if (transaction == complete) {
            transaction = null;
            content.forget();
        }
    }

    /** A final response to the request being read has begun. */
    void responseBegan(final Transaction begun) {
        if (transaction == begun && expecting) {
            body.refuse();
        }
    }

    @Override
    boolean mayStart(final Bytes beginning) {
        int at = 0;
        while (Method.isPart(beginning.u8(at))) {
            at++;
        }
        return at == beginning.length() || at > 2 && Line.isBlank(beginning.u8(at));
    }

    @Override
    boolean startLine(final Bytes line, final boolean searching) {
        final RequestLine words = views.requestLine;
        if (!words.wrap(line)) {
            return false;
        }
        final int from = words.method;
        final int length = words.methodEnd - from;
        final boolean versioned = words.isVersioned;
        if (!versioned && (searching || !words.isKnown) || !words.isKnown && !isMethod(line, from, words.methodEnd)) {
            return false;
        }
        flags = isMethod(line, from, length, HEAD) ? Exchanges.HEAD
            : isMethod(line, from, length, CONNECT) ? Exchanges.CONNECT
            : versioned ? 0 : Exchanges.SIMPLE;
        hostTold = false;
        isHostOfTarget = false;
        agentTold = false;
        refererTold = false;
        expecting = false;
        needsHost = versioned && line.u8(words.end - 1) == '1' && line.u8(words.end - 3) == '1';
        framing.clear();
        named++;
        transaction = flow.open(Http.RECORD);
        if (begunInPiece) {
            exchanges.inOnePiece();
        }
        begunInPiece = true;
        kept = isNext() && exchanges.add(transaction, flags);
        transaction.put(Http.METHOD, line, from, length);
        target(line, words.target, words.targetEnd);
        if (versioned) {
            transaction.put(Http.VERSION, line, words.version, words.end - words.version);
        }
        if (passedOver) {
            transaction.passOver(true);
        }
        if (watched) {
            inspected(line, words.target, words.targetEnd, versioned ? words.version : words.end, words.end);
        }
        // Without a version headers may follow all the same: then the version was forgotten, and the server answers
        // as it likes. If it was HTTP/0.9, nothing follows.
        return true;
    }

    /** True if the request that begins may wait for its response. */
    private boolean isNext() {
        if (!lost) {
            return true;
        }
        // What waited behind the gap is told with the frame that declared it.
        final boolean late = flow.timestampNs() == lostNs;
        final boolean isNext = exchanges.behindGap(late);
        lost = late && !isNext;
        return isNext;
    }

    @Override
    boolean isTargetPlain(final Bytes line) {
        return PlainMessage.isTargetNormal(line);
    }

    private void inspected(final Bytes line, final int from, final int to, final int version, final int end) {
        if (flow.wants(HttpBuffers.REQUEST_LINE)) {
            transaction.inspected(true).put(HttpBuffers.REQUEST_LINE, line);
        }
        if (passedOver && to - from <= Transaction.MAX_VALUE) {
            // then it has nothing to normalise
            transaction.same(HttpBuffers.URI, Http.URI);
        } else if (flow.wants(HttpBuffers.URI)) {
            final TargetText target = views.target;
            target.normalise(line, from, to);
            transaction.inspected(true).put(HttpBuffers.URI, target.bytes(), 0, target.length());
            if (target.isEncodedTwice()) {
                flow.event(HttpEvents.DOUBLE_ENCODED, transaction);
            }
        }
        if (flow.wants(HttpBuffers.PROTOCOL) && version < end) {
            transaction.inspected(true).put(HttpBuffers.PROTOCOL, line, version, end - version);
        }
    }

    private static boolean isMethod(final Bytes line, final int from, final int length, final byte[] method) {
        return length == method.length && line.matches(from, method);
    }

    private static boolean isMethod(final Bytes line, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (!Method.isPart(line.u8(i))) {
                return false;
            }
        }
        return true;
    }

    private void target(final Bytes line, final int from, final int to) {
        if (to <= from) {
            return;
        }
        transaction.put(Http.URI, line, from, to - from);
        if (line.u8(from) == '/') {
            query(line, Content.ofTarget(flow, line, from, to), to);
            return;
        }
        if (flags == Exchanges.CONNECT) {
            targetHost(line, from, to);
            return;
        }
        final int authority = line.matchesIgnoringCase(from, HTTP) ? from + HTTP.length
            : line.matchesIgnoringCase(from, HTTPS) ? from + HTTPS.length : to;
        if (authority < to) {
            flow.label(Content.PROXY);
            authority(line, authority, to);
        }
    }

    private void authority(final Bytes line, final int from, final int to) {
        int start = from;
        int end = from;
        for (; end < to; end++) {
            final int value = line.u8(end);
            if (value == '/' || value == '?' || value == '#') {
                break;
            }
            if (value == '@') {
                start = end + 1;
            }
        }
        targetHost(line, start, end);
        query(line, Content.ofTarget(flow, line, end, to), to);
    }

    /** Tells the message of DNS that a query may have, RFC 8484, 4.1.1. */
    private void query(final Bytes line, final int from, final int to) {
        final Bytes message = from < 0 ? null : views.dns.read(line, from, to);
        if (message != null && CarriedDns.isMessage(message)) {
            tellDns(message, exchanges);
        }
    }

    /** The host of a target takes the place of that in the header Host, RFC 9112, 3.2.2. */
    private void targetHost(final Bytes line, final int from, final int to) {
        final int length = HostPort.hostEnd(line, from, to) - from;
        if (length == 0) {
            return;
        }
        host(line, from, to);
        isHostOfTarget = true;
        if (headKept && flow.wants(HttpBuffers.HOST_RAW)) {
            transaction.inspected(true).put(HttpBuffers.HOST_RAW, line, from, length);
        }
    }

    private void host(final Bytes line, final int from, final int to) {
        if (!hostTold && from < to) {
            hostTold = true;
            HostPort.tell(line, from, to, transaction, flow, named <= MOST_NAMED);
        }
    }

    @Override
    void header(final Header header, final Bytes line, final int from, final int to) {
        needsHost &= header != Header.HOST;
        if (framing.header(header, lines.isFolded(), line, from, to) || transaction == null
            || from >= to && header != Header.USER_AGENT) {
            if (header == Header.SOAP_ACTION) {
                flow.label(Content.SOAP);
            }
            return;
        }
        switch (header) {
            case HOST -> {
                if (hostTold && transaction.find(Http.HOST, views.told)
                    && !HostPort.isOf(line, from, to, views.told)) {
                    flow.event(HttpEvents.AMBIGUOUS_HOST, transaction);
                }
                host(line, from, to);
            }
            case USER_AGENT -> userAgent(line, from, to);
            case REFERER -> {
                if (!refererTold) {
                    refererTold = true;
                    transaction.put(Http.REFERER, line, from, to - from);
                } else {
                    lines.more(transaction, Http.REFERER, line, from, to);
                }
            }
            case CONTENT_TYPE -> {
                if (Content.ofType(flow, line, from, to) == Content.DOH) {
                    content.announceDns();
                }
            }
            case EXPECT -> expecting = true;
            case AUTHORIZATION -> authorization(line, from, to);
            case SOAP_ACTION -> flow.label(Content.SOAP);
            default -> {
                // Of no meaning in a request.
            }
        }
    }

    private void authorization(final Bytes line, final int from, final int to) {
        final int length = Line.wordEnd(line, from, to) - from;
        for (final byte[] scheme : SCHEMES) {
            if (length == scheme.length && line.matchesIgnoringCase(from, scheme)) {
                return;
            }
        }
        if (!lines.isFolded()) {
            flow.event(HttpEvents.AUTHORIZATION, transaction);
        }
    }

    private void userAgent(final Bytes line, final int from, final int to) {
        if (!agentTold) {
            agentTold = true;
            transaction.put(Http.USER_AGENT, line, from, Math.max(0, to - from));
            if (named == 1 && from < to) {
                flow.name(NameKind.USER_AGENT, line, from, to - from);
            }
        } else if (from < to) {
            lines.more(transaction, Http.USER_AGENT, line, from, to);
        }
    }

    @Override
    void unexpected() {
        if (named > 0) {
            flow.event(HttpEvents.UNEXPECTED_BODY);
        }
    }

    @Override
    void headerTooLong() {
        flow.event(HttpEvents.FIELD_TOO_LONG, transaction);
    }

    @Override
    void headersEnd(final StreamInput input) {
        if (flags == Exchanges.SIMPLE && hasHeaders()) {
            flow.event(HttpEvents.MISSING_PROTOCOL, transaction);
        }
        if (needsHost && hasAllHeaders()) {
            flow.event(HttpEvents.MISSING_HOST, transaction);
        }
        if (lines.missesColon()) {
            flow.event(HttpEvents.MISSING_COLON, transaction);
        }
        if (framing.isInvalid()) {
            flow.event(HttpEvents.INVALID_LENGTH, transaction);
        }
        if (framing.isRepeated()) {
            flow.event(HttpEvents.DUPLICATE_LENGTH, transaction);
        }
        if (headKept && transaction != null) {
            head.tell(flow, transaction.inspected(true), true, isHostOfTarget);
        }
        content.bodyBegins(transaction, input);
        if (expecting && framing.announcesBody()) {
            body.expected(framing.isChunked() ? -1 : framing.length());
        } else if (framing.isChunked()) {
            body.chunked();
        } else {
            body.ofLength(Math.max(0, framing.length()), input);
        }
    }

    @Override
    boolean messageEnd(final StreamInput input) {
        endOfRequest(input, true);
        if (flags == Exchanges.CONNECT) {
            // What follows waits for the answer: it is HTTP only if the proxy refuses.
            stop();
        }
        return true;
    }

    private void endOfRequest(final StreamInput input, final boolean complete) {
        if (body.isExtended()) {
            flow.event(HttpEvents.CHUNK_EXTENSION, transaction);
        }
        if (body.isWithoutSize()) {
            flow.event(HttpEvents.CHUNK_LENGTH, transaction);
        }
        if (complete) {
            tellDns(exchanges);
        }
        content.end(input, body.content(input), complete);
        if (kept && complete && transaction != null) {
            flow.told(transaction, true);
        }
        if (!kept && transaction != null) {
            transaction.put(Http.LENGTH, 0);
            flow.close(transaction);
        }
        transaction = null;
        expecting = false;
    }

    @Override
    void messageLost(final StreamInput input) {
        endOfRequest(input, false);
    }

    /** The flow has ended. */
    void end(final StreamInput input) {
        endOfRequest(input, false);
    }
}
