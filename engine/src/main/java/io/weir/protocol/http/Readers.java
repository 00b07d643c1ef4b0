package io.weir.protocol.http;

import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * What reads the messages of both directions of a connection. Most are whole in what comes at once, and between them
 * there is little to know: so a connection has readers only while a message is under way, and those of a worker that
 * were used last, and are in the cache, are used next. One thread.
 */
final class Readers {
    static final Scratch<Pool> POOL = Scratch.of(Pool.class, Pool::new);

    final Exchanges exchanges = new Exchanges();
    final RequestReader requests = new RequestReader(exchanges);
    final ResponseReader responses = new ResponseReader(exchanges, requests);

    private Readers() {
    }

    /** Those of a worker that no connection has. */
    static final class Pool {
        private Readers[] free = new Readers[4];
        private int count;
        private Views views;

        private Pool() {
        }

        /** Some that begin with the next message of a connection of which nothing else is known. */
        Readers take(final FlowContext flow, final boolean watched, final int requestsBefore, final boolean begun,
            final int known) {
            final Readers taken = count == 0 ? new Readers() : free[--count];
            if (views == null) {
                views = flow.scratch(Views.SCRATCH);
            }
            taken.exchanges.clear(known);
            taken.requests.start(flow, views, watched, requestsBefore);
            taken.responses.start(flow, views, watched, begun);
            return taken;
        }

        /** Takes some back. */
        void giveBack(final Readers over) {
            over.requests.release();
            over.responses.release();
            if (count == free.length) {
                free = Arrays.copyOf(free, 2 * count);
            }
            free[count++] = over;
        }
    }

    /** Reads what the next piece of a side needs, so that it is in the cache. */
    int touch(final boolean fromClient) {
        return exchanges.touch() + (fromClient ? requests.touch() : responses.touchAll());
    }

    /** The record that the next piece of a response goes on with, or null. */
    FieldList pendingRecord() {
        final Transaction begun = responses.transaction();
        return begun == null ? exchanges.next() : begun;
    }

    /**
     * True if no message is under way, and at most one request waits for its response. Most that are under way are
     * responses, so they are asked first.
     */
    boolean mayRest() {
        return responses.mayRest() && requests.mayRest() && !responses.isLost() && exchanges.isSimple();
    }
}
