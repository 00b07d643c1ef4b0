package io.weir.protocol.pgsql;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Follows a connection as far as its beginning: whether it is encrypted, and that both sides speak it. */
final class PostgreSqlParser extends StreamParser {
    private boolean asked;

    @Override
    protected void started() {
        asked = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (fromClient) {
            startup(input);
        } else {
            answer(input);
        }
    }

    private void startup(final StreamInput input) {
        final Bytes head = input.peek(8);
        if (head == null || asked) {
            return;
        }
        if (head.u32(4) == PostgreSql.SSL || head.u32(4) == PostgreSql.GSS) {
            input.skip(8);
            asked = true;
        } else {
            input.skipAll();
        }
    }

    private void answer(final StreamInput input) {
        final Bytes first = input.peek(1);
        if (asked && first.u8(0) == 'S') {
            input.skip(1);
            flow.confirm();
            flow.handOver(null);
        } else if (asked && (first.u8(0) == 'N' || first.u8(0) == 'G')) {
            // Refused: the client goes on in clear. Accepted for GSSAPI: nothing more is to be read.
            final boolean refused = first.u8(0) == 'N';
            input.skip(1);
            asked = false;
            flow.confirm();
            if (refused) {
                startup(input(true));
            } else {
                flow.encrypted();
                flow.done();
            }
        } else {
            flow.confirm();
            flow.done();
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (asked && !fromClient) {
            // The answer is missing: what follows says itself whether it is encrypted.
            flow.handOver(null);
        } else {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        asked = false;
    }
}
