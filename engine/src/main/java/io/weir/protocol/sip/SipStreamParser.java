package io.weir.protocol.sip;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Messages one after the other; the header says how long the body of each is. */
final class SipStreamParser extends StreamParser {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_BODY = 16 * 1024;

    private final Side client = new Side();
    private final Side server = new Side();
    private boolean confirmed;

    @Override
    protected void started() {
        client.start();
        server.start();
        confirmed = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final Side side = fromClient ? client : server;
        while (!input.isEmpty()) {
            if (side.inBody) {
                final Bytes body = input.take((int) side.message.length());
                if (body == null) {
                    return;
                }
                side.message.body(body, fromClient, flow);
                side.end();
            } else {
                final Bytes line = input.line(LONGEST_LINE);
                if (line == null) {
                    return;
                }
                line(side, line, input);
            }
        }
    }

    private void line(final Side side, final Bytes line, final StreamInput input) {
        if (!side.inHeader) {
            side.inHeader = !line.isEmpty() && side.message.begin(line, side == client, flow);
            side.spoke |= side.inHeader;
            if (!side.inHeader && !line.isEmpty()) {
                flow.skipped(line.length());
            }
            if (!confirmed && client.spoke && server.spoke) {
                confirmed = true;
                flow.confirm();
            }
        } else if (!line.isEmpty()) {
            side.message.header(line, side == client, flow);
        } else {
            final long length = side.message.length();
            if (side.message.describesSession() && length > 0 && length <= LONGEST_BODY) {
                side.inBody = true;
            } else {
                input.skip(Math.max(0, length));
                side.end();
            }
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        (fromClient ? client : server).end();
    }

    @Override
    protected void ended() {
        client.end();
        server.end();
    }

    /** What one side is saying. */
    private final class Side {
        private final SipMessage message = new SipMessage();
        private boolean inHeader;
        private boolean inBody;
        private boolean spoke;

        void start() {
            message.start();
            inHeader = false;
            inBody = false;
            spoke = false;
        }

        void end() {
            message.end(flow);
            inHeader = false;
            inBody = false;
        }
    }
}
