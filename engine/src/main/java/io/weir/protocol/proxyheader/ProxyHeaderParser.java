package io.weir.protocol.proxyheader;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Consumes the header and hands over what follows. */
final class ProxyHeaderParser extends StreamParser {
    private boolean inAddresses;

    @Override
    protected void started() {
        inAddresses = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            // Belongs to what follows the header.
            return;
        }
        if (inAddresses || input.peek(1).u8(0) == 'P') {
            final Bytes line = inAddresses ? input.take(1) : input.line(ProxyHeader.LONGEST_LINE);
            if (line != null) {
                flow.handOver(null);
            }
            return;
        }
        final Bytes fixed = input.take(ProxyHeader.FIXED);
        if (fixed == null) {
            return;
        }
        final int length = fixed.u16(ProxyHeader.FIXED - 2);
        final int here = Math.min(length, input.available());
        if (here == length) {
            input.skip(length);
            flow.handOver(null);
        } else {
            // All but the last byte, so that its coming is told.
            input.skip(length - 1);
            inAddresses = true;
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void ended() {
        // Nothing is open.
    }
}
