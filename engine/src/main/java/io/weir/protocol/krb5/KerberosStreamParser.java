package io.weir.protocol.krb5;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Tells each message of Kerberos over TCP, where a length of four bytes is in front (RFC 4120, section 7.2.2). */
final class KerberosStreamParser extends StreamParser {
    private static final int HEAD = 4;
    /** Bytes of a message that are looked at; tickets with long lists of groups push names far behind. */
    private static final int LOOKED_AT = 16 * 1024;

    private final KerberosReader reader = new KerberosReader();

    @Override
    protected void started() {
        reader.begin();
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        Bytes head = input.peek(HEAD);
        while (head != null) {
            final long length = head.u32(0);
            if (length == 0 || length > Kerberos.LONGEST) {
                flow.event(Kerberos.MALFORMED);
                input.skipAll();
                return;
            }
            final int looked = (int) Math.min(LOOKED_AT, HEAD + length);
            final Bytes message = input.take(looked);
            if (message == null) {
                return;
            }
            reader.message(flow, fromClient, message, HEAD, (int) (HEAD + length));
            input.skip(HEAD + length - looked);
            head = input.peek(HEAD);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        // Nothing in the middle of encrypted parts says where the next message begins.
        input.skipAll();
    }

    @Override
    protected void ended() {
        // Each message is a record of its own.
    }
}
