package io.weir.protocol.rsh;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Announces the connection that the server opens to the client for what the command complains of. */
final class RemoteShellParser extends StreamParser {
    private static final int MOST_DIGITS = 5;
    private static final int MOST_PORT = 0xffff;

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            input.skipAll();
            return;
        }
        int length = 1;
        Bytes port = input.peek(length);
        while (port != null && port.u8(length - 1) != 0 && length <= MOST_DIGITS) {
            port = input.peek(++length);
        }
        if (port == null) {
            return;
        }
        final long number = port.decimal(0, length - 1);
        if (number > 0 && number <= MOST_PORT) {
            flow.expect(RemoteShell.RSH, false, false, null, 0, 0, (int) number, 0, null);
        }
        flow.done();
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void started() {
        // What was read before has left nothing behind.
    }

    @Override
    protected void ended() {
        // There is no record.
    }
}
