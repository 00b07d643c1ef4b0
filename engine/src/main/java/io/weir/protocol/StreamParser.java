package io.weir.protocol;

/**
 * Parses both directions of a TCP connection, or of what a protocol hands over inside of one.
 *
 * <p>The two {@link StreamInput}s hold what was not consumed yet. A parser pulls from them what it understands: lines,
 * messages of known length, or skips what it does not want. Of those of a worker the one that was used last, which is
 * in the cache, is used next: a side has one only while there is something to remember of it.
 */
public abstract class StreamParser extends Parser {
    /** Null while nothing is to be remembered of the client's side. */
    private StreamInput client;
    /** The same of the server's. */
    private StreamInput server;
    private boolean concluded;

    /** The bytes of one side that are not consumed yet; the input is of that side until the parser's turn is over. */
    public final StreamInput input(final boolean fromClient) {
        final StreamInput there = fromClient ? client : server;
        return there == null ? take(fromClient) : there;
    }

    private StreamInput take(final boolean fromClient) {
        final StreamInput taken = flow.buffers().takeInput();
        if (fromClient) {
            client = taken;
        } else {
            server = taken;
        }
        return taken;
    }

    /** The parser's turn is over: gives back what holds nothing. */
    private void leave() {
        if (client != null && leave(client)) {
            client = null;
        }
        if (server != null && leave(server)) {
            server = null;
        }
    }

    /** Counts what was skipped: a turn reads on what waits of the other side too. */
    private boolean leave(final StreamInput input) {
        final int skipped = input.takeSkipped();
        if (skipped > 0) {
            flow.skipped(skipped);
        }
        return input.leave();
    }

    /**
     * One side has sent more. Consumes from the input as much as can be understood; what is left stays there.
     *
     * @param fromClient true if the client sent it
     * @param input      {@link #input} of that side
     */
    protected abstract void parse(boolean fromClient, StreamInput input);

    /**
     * Bytes of one side are missing, and were not about to be skipped: the input is empty now and goes on behind the
     * gap. The parser finds the next message from there, or gives this side up with {@link StreamInput#skipAll}.
     */
    protected abstract void resynchronise(boolean fromClient, StreamInput input, long missing);

    /** Nothing follows from one side, which has closed; what its message lacks will not come. */
    protected void finished(final boolean fromClient, final StreamInput input) {
        // Most protocols say themselves where a message ends.
    }

    /**
     * Takes the next bytes of one side. Called by the classifier.
     *
     * @return how many of them, at their end, were passed over as content nobody asked for
     */
    public final int data(final boolean fromClient, final Bytes bytes) {
        final StreamInput input = input(fromClient);
        input.arrived(bytes);
        if (!input.isEmpty()) {
            parse(fromClient, input);
        }
        final int passedOver = input.passedOver();
        final int lost = input.keepRest();
        if (lost > 0) {
            flow.skipped(lost);
            resynchronise(fromClient, input, lost);
        }
        leave();
        return passedOver;
    }

    /** True if there is something to {@link #handOverSkip}. Called by the classifier. */
    public final boolean isSkipping() {
        return client != null && client.isSkipping() || server != null && server.isSkipping();
    }

    /**
     * Hands over how many of the next bytes of one side need not come here, until that is taken back. Called by the
     * classifier, which takes it back before it calls anything else.
     *
     * @param most how many at most
     * @param all  answered if no more of the side need come
     */
    public final int handOverSkip(final boolean fromClient, final int most, final int all) {
        final StreamInput input = fromClient ? client : server;
        if (input == null) {
            return 0;
        }
        final int handed = input.handOverSkip(most, all);
        leave();
        return handed;
    }

    /** Takes back what was handed over and not skipped yet. Called by the classifier. */
    public final void takeBackSkip(final boolean fromClient, final int left) {
        if (left > 0) {
            input(fromClient).takeBackSkip(left);
        }
    }

    /** Takes note of missing bytes of one side. Called by the classifier. */
    public final void gap(final boolean fromClient, final long missing) {
        final StreamInput input = input(fromClient);
        final long unexplained = input.missing(missing);
        if (unexplained > 0) {
            resynchronise(fromClient, input, unexplained);
        }
        leave();
    }

    /** Takes note of the end of one side. Called by the classifier. */
    public final void closed(final boolean fromClient) {
        finished(fromClient, input(fromClient));
        leave();
    }

    @Override
    public int touch(final boolean fromClient) {
        return (client == null ? 0 : (int) client.toSkip()) + (server == null ? 0 : (int) server.toSkip());
    }

    @Override
    protected final void begun() {
        concluded = false;
        started();
    }

    /** Sets all state of the parser itself back to that of a flow nothing is known of. */
    protected abstract void started();

    /**
     * Closes what stayed half while the inputs still hold what was not consumed: another parser takes over from there,
     * and what it tells comes behind. Called by the classifier, before the end.
     */
    public final void conclude() {
        concluded = true;
        ended();
    }

    /**
     * What it leaves, open, for the parser that takes over, or null; whoever asks has it then. Called by the
     * classifier, when it has concluded.
     */
    public Transaction handsOn() {
        return null;
    }

    /** Takes what the parser before has handed on, which most cannot use. Called by the classifier, before any data. */
    public void takeOver(final Transaction left) {
        flow.discard(left);
    }

    @Override
    public final void end() {
        final Transaction left = handsOn();
        if (left != null) {
            flow.discard(left);
        }
        if (!concluded) {
            ended();
            countHalf(true, client);
            countHalf(false, server);
        }
        if (client != null) {
            client.reset();
            client = null;
        }
        if (server != null) {
            server.reset();
            server = null;
        }
    }

    /** Counts what is there of a message that stays half, since its side has ended and nobody reads it any more. */
    private void countHalf(final boolean ofClient, final StreamInput input) {
        final int left = input == null || !flow.isClosed(ofClient) ? 0 : input.available();
        if (left > 0) {
            flow.skipped(left);
        }
    }

    /** Closes what stayed half. */
    protected abstract void ended();
}
