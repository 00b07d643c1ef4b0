package io.weir.protocol.xmpp;

import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import java.nio.charset.StandardCharsets;

/**
 * Looks at tags until one side asks for TLS and the other proceeds, or until somebody authenticates without. Nothing
 * of the conversation is kept.
 */
final class XmppParser extends StreamParser {
    private static final byte[] START_TLS = "<starttls".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROCEED = "<proceed".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AUTH = "<auth".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STANZA = "<iq".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPENING = "<stream:stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TO = "to=".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_TAG = 1024;

    private boolean asked;
    private boolean clientSpoke;
    private boolean serverSpoke;
    private boolean over;

    @Override
    protected void started() {
        asked = false;
        clientSpoke = false;
        serverSpoke = false;
        over = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (fromClient ? !clientSpoke : !serverSpoke) {
            clientSpoke |= fromClient;
            serverSpoke |= !fromClient;
            if (clientSpoke && serverSpoke) {
                flow.confirm();
            }
        }
        while (!over && !(asked && fromClient)) {
            final Bytes tag = input.until('>', LONGEST_TAG);
            if (tag == null) {
                return;
            }
            if (fromClient) {
                request(tag);
            } else if (asked && tag.indexOf(PROCEED, 0) >= 0) {
                handOver();
            }
        }
    }

    private void request(final Bytes tag) {
        if (tag.indexOf(OPENING, 0) >= 0) {
            domain(tag);
        }
        if (tag.indexOf(START_TLS, 0) >= 0) {
            asked = true;
            if (tag.u8(tag.length() - 1) == '/' && !serverSpoke) {
                handOver();
            }
        } else if (tag.indexOf(AUTH, 0) >= 0 || tag.indexOf(STANZA, 0) >= 0) {
            over = true;
            flow.done();
        }
    }

    /** The service that the client asks for, RFC 6120 section 4.7.2. */
    private void domain(final Bytes tag) {
        final int to = tag.indexOf(TO, 0);
        final int from = to + TO.length + 1;
        final int end = to < 0 ? -1 : tag.indexOf(tag.u8(from - 1), from);
        if (end > from) {
            flow.name(NameKind.HOST, tag, from, end - from);
        }
    }

    private void handOver() {
        over = true;
        flow.handOver(null);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (asked) {
            handOver();
        }
    }

    @Override
    protected void ended() {
        over = true;
    }
}
