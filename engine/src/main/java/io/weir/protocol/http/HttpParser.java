package io.weir.protocol.http;

import io.weir.protocol.FieldList;
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

    private Readers.Pool pool;
    /** Null while it rests: then what follows is all that is known of the messages so far. */
    private Readers readers;
    private Transaction waiting;
    private int waitingFlags;
    private int requestsBefore;
    private int known;
    /** A response has begun, as far as is known without its reader. */
    private boolean begun;
    private boolean watched;
    /** The request that HTTP/2 answers first; null without an upgrade. */
    private Transaction upgraded;

    @Override
    public int touch(final boolean fromClient) {
        return super.touch(fromClient) + (readers != null ? readers.touch(fromClient) : requestsBefore);
    }

    @Override
    public FieldList pendingRecord() {
        return readers == null ? waiting : readers.pendingRecord();
    }

    @Override
    protected void started() {
        pool = flow.scratch(Readers.POOL);
        watched = flow.isWatched();
        readers = null;
        waiting = null;
        requestsBefore = 0;
        known = 0;
        begun = false;
    }

    private void wake() {
        if (readers == null) {
            readers = pool.take(flow, watched, requestsBefore, known);
            if (waiting != null) {
                readers.exchanges.add(waiting, waitingFlags);
                waiting = null;
            }
        }
    }

    private ResponseReader responses() {
        return readers.responses(pool, flow, watched, begun);
    }

    /** Between messages. */
    private void rest() {
        if (readers.mayRest()) {
            requestsBefore = readers.requests.count();
            begun = readers.hasResponses() ? responses().hasBegun() : begun;
            known = readers.exchanges.known();
            waitingFlags = readers.exchanges.nextFlags();
            waiting = readers.exchanges.poll();
            giveReadersBack();
        }
    }

    private void giveReadersBack() {
        pool.giveBack(readers);
        readers = null;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        wake();
        if (fromClient) {
            readers.requests.pieceBegins();
            readers.requests.read(input);
            if (readers.requests.isStopped() && input.available() > MOST_WAITING) {
                tunnel();
            }
        } else {
            responses(input);
        }
        rest();
    }

    private void responses(final StreamInput input) {
        final RequestReader requests = readers.requests;
        final ResponseReader responses = responses();
        responses.seek(input);
        // What the response alone can tell comes first: in the middle of one, requests are not in the cache.
        if (responses.isAtStart() && readers.exchanges.count() == 0 && requests.isFirst() && input.next() == '<') {
            requests.endLine(input(true));
        }
        boolean goesOn = true;
        while (goesOn) {
            if (responses.mayBeSimple() && !input.isEmpty() && !responses.isToldFromSimple(input)) {
                return;
            }
            final int before = input.available();
            responses.read(input);
            goesOn = !responses.isStopped() && (resumeRefused(requests, responses)
                || input.available() < before && !input.isEmpty() && responses.mayBeSimple());
        }
        if (responses.isStopped()) {
            upgrade();
        }
    }

    /** A request for a tunnel that was refused may be followed by other requests. True if they can be read now. */
    private boolean resumeRefused(final RequestReader requests, final ResponseReader responses) {
        final boolean refused = requests.isStopped() && responses.isAtStart() && readers.exchanges.count() == 0;
        if (refused) {
            requests.resume();
            requests.read(input(true));
        }
        return refused;
    }

    private void upgrade() {
        final ResponseReader responses = responses();
        readers.requests.stop();
        switch (responses.upgrade()) {
            case TUNNEL -> tunnel();
            case WEBSOCKET -> {
                flow.label(WebSocket.PROTOCOL);
                if (responses.inner() != null) {
                    flow.label(responses.inner());
                }
                flow.done();
            }
            case HTTP2 -> {
                upgraded = responses.takeUpgraded();
                flow.handOver(Http2.PROTOCOL);
            }
            default -> flow.handOver(null);
        }
    }

    @Override
    public Transaction handsOn() {
        final Transaction left = upgraded;
        upgraded = null;
        return left;
    }

    private void tunnel() {
        responses().stop();
        flow.label(Content.CONNECT);
        // Line ends too many behind the messages would hide what follows them.
        skipLineEnds(input(true));
        skipLineEnds(input(false));
        flow.handOver(null);
    }

    private static void skipLineEnds(final StreamInput input) {
        while (input.next() == '\n' || input.next() == '\r') {
            input.skip(1);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        wake();
        if ((fromClient ? readers.requests : responses()).isGapPassed(input, missing)) {
            return;
        }
        if (fromClient) {
            readers.requests.lost();
            readers.requests.gap(input, missing);
            return;
        }
        if (readers.requests.isStopped()) {
            // The answer to CONNECT is lost, and what follows it cannot be told from it.
            tunnel();
            return;
        }
        final ResponseReader responses = responses();
        responses.lost();
        responses.gap(input, missing);
    }

    @Override
    protected void finished(final boolean fromClient, final StreamInput input) {
        if (readers == null && input.isEmpty()) {
            return;
        }
        wake();
        if (fromClient) {
            readers.requests.finish(input);
        } else {
            final ResponseReader responses = responses();
            if (responses.mayBeSimple() && !input.isEmpty()) {
                responses.beginSimple(input);
                responses.read(input);
            }
            responses.finish(input);
        }
    }

    @Override
    protected void ended() {
        if (readers == null && waiting == null) {
            return;
        }
        wake();
        final ResponseReader responses = responses();
        responses.close(input(false), false);
        for (Transaction half = readers.exchanges.poll(); half != null; half = readers.exchanges.poll()) {
            responses.closeHalf(half);
        }
        readers.requests.end(input(true));
        giveReadersBack();
    }
}
