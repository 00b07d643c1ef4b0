package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.http2.Http2;
import io.weir.protocol.websocket.WebSocket;

/** Parses both directions of an HTTP/1.x connection and pairs requests with responses. */
final class HttpParser extends StreamParser {
    /**
     * A client that sends more than that behind CONNECT without an answer in sight has been given consent that was not
     * captured.
     */
    private static final int MOST_WAITING = 4 * 1024;

    private final Exchanges exchanges = new Exchanges();
    private final RequestReader requests = new RequestReader(exchanges);
    private final ResponseReader responses = new ResponseReader(exchanges, requests);

    @Override
    public int touch(final boolean fromClient) {
        return super.touch(fromClient) + exchanges.touch() + (fromClient ? requests : responses).touch();
    }

    @Override
    protected void started() {
        exchanges.clear();
        requests.start(flow);
        responses.start(flow);
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (fromClient) {
            requests.read(input);
            if (requests.isStopped() && input.available() > MOST_WAITING) {
                tunnel();
            }
            return;
        }
        if (exchanges.count() == 0 && requests.isFirst() && !input.isEmpty() && input.peek(1).u8(0) == '<') {
            requests.endLine(input(true));
        }
        do {
            if (responses.mayBeSimple() && !input.isEmpty() && !responses.isToldFromSimple(input)) {
                return;
            }
            responses.read(input);
        } while (!responses.isStopped() && resumeRefused());
        if (responses.isStopped()) {
            upgrade();
        }
    }

    /** A request for a tunnel that was refused may be followed by other requests. True if they can be read now. */
    private boolean resumeRefused() {
        final boolean refused = requests.isStopped() && responses.isAtStart() && exchanges.count() == 0;
        if (refused) {
            requests.resume();
            requests.read(input(true));
        }
        return refused;
    }

    private void upgrade() {
        requests.stop();
        switch (responses.upgrade()) {
            case TUNNEL -> tunnel();
            case WEBSOCKET -> {
                flow.label(WebSocket.PROTOCOL);
                if (responses.inner() != null) {
                    flow.label(responses.inner());
                }
                flow.done();
            }
            case HTTP2 -> flow.handOver(Http2.PROTOCOL);
            default -> flow.handOver(null);
        }
    }

    private void tunnel() {
        responses.stop();
        flow.label(Content.CONNECT);
        // Line ends too many behind the messages would hide what follows them.
        skipLineEnds(input(true));
        skipLineEnds(input(false));
        flow.handOver(null);
    }

    private static void skipLineEnds(final StreamInput input) {
        for (Bytes next = input.peek(1); next != null && (next.u8(0) == '\n' || next.u8(0) == '\r');) {
            input.skip(1);
            next = input.peek(1);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if ((fromClient ? requests : responses).isGapPassed(input, missing)) {
            return;
        }
        if (fromClient) {
            requests.gap(input, missing);
            return;
        }
        if (requests.isStopped()) {
            // The answer to CONNECT is lost, and what follows it cannot be told from it.
            tunnel();
            return;
        }
        responses.lost();
        responses.gap(input, missing);
    }

    @Override
    protected void finished(final boolean fromClient, final StreamInput input) {
        if (fromClient) {
            requests.finish(input);
        } else {
            if (responses.mayBeSimple() && !input.isEmpty()) {
                responses.beginSimple(input);
                responses.read(input);
            }
            responses.finish(input);
        }
    }

    @Override
    protected void ended() {
        responses.close(input(false), false);
        for (Transaction half = exchanges.poll(); half != null; half = exchanges.poll()) {
            responses.closeHalf(half);
        }
        requests.end(input(true));
        requests.release();
        responses.release();
    }
}
