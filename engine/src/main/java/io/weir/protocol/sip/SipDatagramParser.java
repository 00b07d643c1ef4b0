package io.weir.protocol.sip;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;

/** A message in each datagram. */
final class SipDatagramParser extends DatagramParser {
    private final SipMessage message = new SipMessage();
    private final Bytes line = new Bytes();
    private int sides;

    @Override
    protected void begun() {
        message.start();
        sides = 0;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        int at = 0;
        // empty lines in front of a message are to be ignored (RFC 3261, 7.5); alone they keep mappings alive
        while (payload.u8(at) == '\r' || payload.u8(at) == '\n') {
            at++;
        }
        int end = payload.indexOf('\n', at);
        if (end < 0 || !message.begin(cut(payload, at, end), fromClient, flow)) {
            return;
        }
        confirm(fromClient);
        at = end + 1;
        end = payload.indexOf('\n', at);
        while (end >= 0 && !cut(payload, at, end).isEmpty()) {
            message.header(line, fromClient, flow);
            at = end + 1;
            end = payload.indexOf('\n', at);
        }
        if (end >= 0 && message.describesSession()) {
            message.body(line.wrap(payload, end + 1, payload.length()), fromClient, flow);
        }
        message.end(flow);
    }

    private Bytes cut(final Bytes payload, final int from, final int end) {
        final int trimmed = end > from && payload.u8(end - 1) == '\r' ? end - 1 : end;
        return line.wrap(payload, from, trimmed - from);
    }

    private void confirm(final boolean fromClient) {
        final int before = sides;
        sides |= fromClient ? 1 : 2;
        if (sides == 3 && before != 3) {
            flow.confirm();
        }
    }

    @Override
    public void end() {
        message.end(flow);
    }
}
