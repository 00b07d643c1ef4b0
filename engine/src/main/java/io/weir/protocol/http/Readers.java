package io.weir.protocol.http;

import io.weir.base.Spares;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;

/**
 * What reads the messages of both directions of a connection. Most are whole in what comes at once, and between them
 * there is little to know: so a connection has readers only while a message is under way, and one for responses only
 * from the first byte of one on. Those of a worker that were used last, and are in the cache, are used next. One
 * thread.
 */
final class Readers {
    static final Scratch<Pool> POOL = Scratch.of(Pool.class, Pool::new);

    final Exchanges exchanges = new Exchanges();
    final RequestReader requests = new RequestReader(exchanges);
    /** Null while nothing of a response has come. */
    private ResponseReader responses;

    private Readers() {
    }

    /** True if something of a response has come. */
    boolean hasResponses() {
        return responses != null;
    }

    /** What reads responses, taken for it if nothing of one has come yet: {@link Pool#takeResponses}. */
    ResponseReader responses(final Pool pool, final FlowContext flow, final boolean watched, final boolean begun) {
        if (responses == null) {
            responses = pool.takeResponses(this, flow, watched, begun);
        }
        return responses;
    }

    /** Those of a worker that no connection has. */
    static final class Pool {
        private final Spares<Readers> free = new Spares<>();
        private final Spares<ResponseReader> freeResponses = new Spares<>();
        private Views views;

        private Pool() {
        }

        /** Some that begin with the next message of a connection of which nothing else is known. */
        Readers take(final FlowContext flow, final boolean watched, final int requestsBefore, final int known) {
            final Readers pooled = free.take();
            final Readers taken = pooled == null ? new Readers() : pooled;
            if (views == null) {
                views = flow.scratch(Views.SCRATCH);
            }
            taken.exchanges.clear(known);
            taken.requests.start(flow, views, watched, requestsBefore);
            return taken;
        }

        /** One for the responses to requests of these, of which there were some before if it has {@code begun}. */
        private ResponseReader takeResponses(final Readers of, final FlowContext flow, final boolean watched,
            final boolean begun) {
            final ResponseReader pooled = freeResponses.take();
            final ResponseReader taken = pooled == null ? new ResponseReader() : pooled;
            taken.start(flow, views, watched, begun);
            taken.answers(of.exchanges, of.requests);
            return taken;
        }

        /** Takes some back. */
        void giveBack(final Readers over) {
            over.requests.release();
            if (over.responses != null) {
                over.responses.release();
                freeResponses.giveBack(over.responses);
                over.responses = null;
            }
            free.giveBack(over);
        }
    }

    /** Reads what the next piece of a side needs, so that it is in the cache. */
    int touch(final boolean fromClient) {
        return exchanges.touch() + (fromClient || responses == null ? requests.touch() : responses.touchAll());
    }

    /** The record that the next piece of a response goes on with, or null. */
    FieldList pendingRecord() {
        final Transaction begun = responses == null ? null : responses.transaction();
        return begun == null ? exchanges.next() : begun;
    }

    /**
     * True if no message is under way, and at most one request waits for its response. Most that are under way are
     * responses, so they are asked first.
     */
    boolean mayRest() {
        return (responses == null || responses.mayRest() && !responses.isLost())
            && requests.mayRest() && !requests.isLost() && exchanges.isSimple();
    }
}
