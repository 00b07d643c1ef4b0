package io.weir.protocol.rdp;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** Reads the opening: request, response, and in clear the connect request. Where TLS is agreed on it hands over. */
final class RdpParser extends StreamParser {
    private static final byte[] INITIAL_REQUEST = ascii("initial_request");
    private static final byte[] INITIAL_RESPONSE = ascii("initial_response");
    private static final byte[] CONNECT_REQUEST = ascii("connect_request");
    private static final byte[] CONNECT_RESPONSE = ascii("connect_response");
    private static final int TPKT = 4;
    private static final int LONGEST = 4096;
    private static final int ROOM = 7;

    private final ClientDescription description = new ClientDescription();
    private long told;

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void started() {
        told = 0;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        while (true) {
            final Bytes head = input.peek(TPKT);
            if (head == null) {
                return;
            }
            final int length = head.u16(2);
            if (head.u8(0) != 3 || length < ROOM || length > LONGEST) {
                flow.done();
                return;
            }
            final Bytes packet = input.take(length);
            if (packet == null) {
                return;
            }
            if (packet(fromClient, packet)) {
                return;
            }
        }
    }

    /** True if parsing ends here. */
    private boolean packet(final boolean fromClient, final Bytes b) {
        final int type = b.u8(5);
        if (type == Rdp.REQUEST && fromClient) {
            final Transaction t = open(INITIAL_REQUEST);
            cookie(t, b);
            flow.close(t);
            return false;
        }
        if (type == Rdp.CONFIRM && !fromClient) {
            flow.confirm();
            flow.close(open(INITIAL_RESPONSE));
            // A response of kind 2 names the protocol; 0 is the old security, all others begin with TLS.
            if (b.u8(Rdp.HEADER) == 2 && b.u32le(Rdp.HEADER + 4) > 0) {
                flow.handOver(null);
                return true;
            }
            return false;
        }
        if (b.u8(ROOM) != 0x7f) {
            flow.done();
            return true;
        }
        if (fromClient) {
            final Transaction t = open(CONNECT_REQUEST);
            description.tell(t, b);
            flow.close(t);
            return false;
        }
        flow.close(open(CONNECT_RESPONSE));
        flow.done();
        return true;
    }

    private Transaction open(final byte[] event) {
        final Transaction opened = flow.open(Rdp.RECORD);
        opened.put(Rdp.TX_ID, told++).put(Rdp.EVENT, event);
        return opened;
    }

    /** "Cookie: mstshash=user CR LF". */
    private static void cookie(final Transaction t, final Bytes b) {
        if (b.matches(Rdp.HEADER, Rdp.COOKIE_HEAD)) {
            final int value = b.indexOf('=', Rdp.HEADER) + 1;
            final int end = b.indexOf('\r', Rdp.HEADER);
            if (value > 0 && end > value) {
                t.put(Rdp.COOKIE, b, value, end - value);
            }
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (!fromClient && told == 1) {
            // The response is missing, which nearly always agrees on TLS.
            flow.handOver(null);
        } else {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        // Each message has a record of its own.
    }
}
