package io.weir.protocol.nomachine;

import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Reads the version lines of both sides, behind which TLS begins. */
final class NoMachineParser extends StreamParser {
    private static final int MAX_LINE = 64;

    private boolean client;
    private boolean server;

    @Override
    protected void started() {
        client = false;
        server = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (fromClient ? client : server) {
            return;
        }
        if (input.line(MAX_LINE) == null) {
            return;
        }
        client |= fromClient;
        server |= !fromClient;
        if (client && server) {
            flow.confirm();
            flow.handOver(null);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void ended() {
        // Nothing stays half.
    }
}
