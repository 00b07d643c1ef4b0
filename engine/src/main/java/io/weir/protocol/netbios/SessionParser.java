package io.weir.protocol.netbios;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Skips the request and its answer; what the session carries is recognised anew. */
final class SessionParser extends StreamParser {
    /** Behind a byte for the version, how messages of SMB begin. */
    private static final int SMB = 'S' << 16 | 'M' << 8 | 'B';

    private boolean requested;

    @Override
    protected void started() {
        requested = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (fromClient && requested) {
            final Bytes message = input.peek(2 * NetbiosSessions.HEADER);
            if (message != null && message.u8(0) == 0 && message.u24(5) == SMB) {
                // It would not, had it not been answered.
                flow.handOver(null);
            }
            return;
        }
        final Bytes header = input.peek(NetbiosSessions.HEADER);
        if (header == null) {
            return;
        }
        final int type = header.u8(0);
        final int length = header.u16(2);
        if (fromClient) {
            requested = true;
            input.skip(NetbiosSessions.HEADER + (type == NetbiosSessions.REQUEST ? length : 0));
        } else if (type == NetbiosSessions.POSITIVE) {
            input.skip(NetbiosSessions.HEADER);
            flow.confirm();
            flow.handOver(null);
        } else {
            flow.done();
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.handOver(null);
    }

    @Override
    protected void ended() {
        // There is nothing to tell.
    }
}
