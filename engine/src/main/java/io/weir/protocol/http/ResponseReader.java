package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.StreamInput;
import io.weir.protocol.Transaction;
import io.weir.protocol.elasticsearch.Elasticsearch;

/** Reads responses and completes with each the transaction of its request, or one of its own if that was not seen. */
final class ResponseReader extends MessageReader {
    private static final byte[] NAME = "HTTP".getBytes(US_ASCII);
    /** SHOUTcast, which else speaks HTTP. */
    private static final byte[] ICY = "ICY ".getBytes(US_ASCII);
    private static final byte[] WEBSOCKET = "websocket".getBytes(US_ASCII);
    private static final byte[] H2C = "h2c".getBytes(US_ASCII);

    private final Exchanges exchanges;
    private final RequestReader requests;
    private final Framing framing = new Framing();
    private final ContentRange contentRange = new ContentRange();
    private Transaction transaction;
    private int requestFlags;
    private int status;
    private boolean lost;
    private boolean typeTold;
    private boolean locationTold;
    private boolean rangeTold;
    private Upgrade upgrade;

    ResponseReader(final Exchanges exchanges, final RequestReader requests) {
        this.exchanges = exchanges;
        this.requests = requests;
    }

    @Override
    void start(final FlowContext context) {
        super.start(context);
        transaction = null;
        requestFlags = 0;
        status = 0;
        lost = false;
        upgrade = Upgrade.NONE;
    }

    /** Responses may be missing: the next one belongs to the last request. */
    void lost() {
        lost = true;
    }

    /** What the connection becomes behind the response just read. */
    Upgrade upgrade() {
        return upgrade;
    }

    @Override
    boolean mayStart(final Bytes beginning) {
        return beginning.matchesIgnoringCase(0, NAME) && beginning.u8(NAME.length) == '/';
    }

    @Override
    boolean startLine(final Bytes line, final boolean searching) {
        final int to = Line.trimEnd(line, 0, line.length());
        final int from = Line.skipBlanks(line, 0, to);
        if (!line.matchesIgnoringCase(from, NAME) && !line.matches(from, ICY)) {
            return false;
        }
        final int code = Line.skipBlanks(line, Line.wordEnd(line, from, to), to);
        final int codeEnd = Line.wordEnd(line, code, to);
        final long number = line.decimal(code, codeEnd);
        status = number >= 100 && number <= 999 ? (int) number : 0;
        if (searching && status == 0) {
            return false;
        }
        framing.clear();
        upgrade = Upgrade.NONE;
        if (isInterim()) {
            return true;
        }
        take();
        if (status > 0) {
            transaction.put(Http.STATUS, status);
        } else if (code < codeEnd) {
            transaction.put(Http.STATUS_STRING, line, code, codeEnd - code);
        }
        return true;
    }

    private boolean isInterim() {
        return status >= 100 && status < 200 && status != 101;
    }

    /** Takes the transaction that this response belongs to. */
    private void take() {
        while (lost && exchanges.count() > 1) {
            closeHalf(exchanges.poll());
        }
        lost = false;
        typeTold = false;
        locationTold = false;
        rangeTold = false;
        transaction = exchanges.next();
        requestFlags = exchanges.nextFlags();
        exchanges.removeNext();
        if (transaction == null) {
            transaction = flow.open(Http.RECORD);
        } else {
            flow.confirm();
            requests.responseBegan(transaction);
        }
    }

    /** Closes a request that has got no response. */
    void closeHalf(final Transaction request) {
        requests.answered(request);
        request.put(Http.LENGTH, 0);
        flow.close(request);
    }

    /** True if the next response answers a request of HTTP/0.9, which may be answered without status and headers. */
    boolean isSimple() {
        return isAtStart() && exchanges.nextFlags() == Exchanges.SIMPLE;
    }

    /** Begins with a response of HTTP/0.9, which is all there is; false if more is needed to tell it from others. */
    boolean beginsSimple(final StreamInput input) {
        final Bytes beginning = input.peek(Math.min(NAME.length, input.available()));
        for (int i = 0; i < beginning.length(); i++) {
            if ((beginning.u8(i) & ~0x20) != NAME[i]) {
                take();
                body.toEnd(input);
                beginBody();
                return true;
            }
        }
        return beginning.length() == NAME.length;
    }

    @Override
    void header(final Header header, final Bytes line, final int from, final int to) {
        if (framing.header(header, line, from, to) || isInterim() || from >= to) {
            return;
        }
        switch (header) {
            case CONTENT_TYPE -> contentType(line, from, to);
            case LOCATION -> {
                if (!locationTold) {
                    locationTold = true;
                    transaction.put(Http.LOCATION, line, from, to - from);
                }
            }
            case CONTENT_RANGE -> {
                if (!rangeTold) {
                    rangeTold = true;
                    contentRange.tell(line, from, to, transaction);
                }
            }
            case UPGRADE -> upgrade = line.matchesIgnoringCase(from, WEBSOCKET) ? Upgrade.WEBSOCKET
                : line.matchesIgnoringCase(from, H2C) ? Upgrade.HTTP2 : Upgrade.OTHER;
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
        final int semicolon = line.indexOf(';', from);
        final int end = semicolon < 0 || semicolon > to ? to : semicolon;
        transaction.put(Http.CONTENT_TYPE, line, from, end - from);
        Content.ofType(flow, line, from, end);
    }

    @Override
    void headersEnd(final StreamInput input) {
        final boolean tunnel = requestFlags == Exchanges.CONNECT && status >= 200 && status < 300;
        if (isInterim() || tunnel || status == 101) {
            body.none();
            if (tunnel) {
                upgrade = Upgrade.TUNNEL;
            } else if (status == 101 && upgrade == Upgrade.NONE) {
                upgrade = Upgrade.OTHER;
            }
            return;
        }
        upgrade = Upgrade.NONE;
        if (requestFlags == Exchanges.HEAD || status == 204 || status == 304) {
            body.none();
        } else if (framing.isChunked()) {
            body.chunked();
        } else if (framing.length() >= 0) {
            body.ofLength(framing.length(), input);
        } else {
            body.toEnd(input);
        }
    }

    @Override
    boolean messageEnd(final StreamInput input) {
        close(input);
        if (upgrade != Upgrade.NONE) {
            stop();
        }
        // A client that asked for a tunnel and did not get one may have sent the next request already.
        return !requests.isStopped();
    }

    @Override
    void messageLost(final StreamInput input) {
        close(input);
    }

    /** Closes the transaction of the response being read, if there is one. */
    void close(final StreamInput input) {
        if (transaction != null) {
            requests.answered(transaction);
            transaction.put(Http.LENGTH, body.received(input));
            flow.close(transaction);
            transaction = null;
        }
    }
}
