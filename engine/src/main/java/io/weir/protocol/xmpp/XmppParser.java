package io.weir.protocol.xmpp;

import io.weir.protocol.Bytes;
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
