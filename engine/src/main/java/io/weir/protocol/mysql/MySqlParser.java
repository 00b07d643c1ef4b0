package io.weir.protocol.mysql;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/**
 * Follows a connection as far as the client's first packet, which says whether TLS follows it. Packets have a header of
 * length (24 bits) and number (8).
 */
final class MySqlParser extends StreamParser {
    private static final int HEADER = 4;
    /** Length of a login that ends where a user's name would begin: that of a client that wants TLS. */
    private static final int TLS_REQUEST = 32;
    /** Bit of the client's capabilities. */
    private static final int TLS = 0x0800;

    @Override
    protected void started() {
        // Numbers of packets say where the exchange stands.
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final Bytes header = input.peek(HEADER);
        if (header == null) {
            return;
        }
        final int length = header.u24le(0);
        final int number = header.u8(3);
        if (!fromClient && number == 0) {
            input.skip(HEADER + (long) length);
        } else if (fromClient && number == 1 && length == TLS_REQUEST) {
            login(input);
        } else {
            flow.confirm();
            flow.done();
        }
    }

    private void login(final StreamInput input) {
        final Bytes packet = input.peek(HEADER + TLS_REQUEST);
        if (packet == null) {
            return;
        }
        flow.confirm();
        if ((packet.u16le(HEADER) & TLS) == 0) {
            flow.done();
        } else {
            input.skip(HEADER + TLS_REQUEST);
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
