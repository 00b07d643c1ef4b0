package io.weir.protocol.ldap;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.asn1.Ber;
import java.nio.charset.StandardCharsets;

/**
 * Tells the messages of a connection until it is encrypted: by TLS (StartTLS, RFC 4511 section 4.14), or as its client
 * has logged in, behind which what comes is no message any more.
 */
final class LdapParser extends StreamParser {
    private static final int SEQUENCE = 0x30;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final byte[] START_TLS =
        "\u0080\u00161.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.ISO_8859_1);
    /** Bytes of a message that are looked at. */
    private static final int LOOKED_AT = 8 * 1024;

    private final LdapReader reader = new LdapReader();
    private boolean asked;
    private boolean begun;

    @Override
    protected void started() {
        begun = false;
        reader.begin();
        asked = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        boolean more = true;
        while (more && !input.isEmpty()) {
            more = next(fromClient, input);
        }
    }

    /** Takes a message; false if it is not there yet, or nothing more is to be read. */
    private boolean next(final boolean fromClient, final StreamInput input) {
        final Bytes tag = input.peek(2);
        final Bytes head = tag == null ? null : input.peek(1 + Ber.sizeOfLength(tag, 1));
        if (head == null) {
            return false;
        }
        final int from = head.length();
        final long length = Ber.length(head, 1);
        if (head.u8(0) != SEQUENCE || length < 0) {
            giveUp(input);
            return false;
        }
        begun = true;
        final int looked = (int) Math.min(LOOKED_AT, from + length);
        final Bytes message = input.take(looked);
        if (message == null) {
            return false;
        }
        final int operation = from + 2 + Math.max(0, message.u8(from + 1));
        final long result =
            reader.message(flow, fromClient, message, (int) Math.min(Integer.MAX_VALUE, from + length));
        if (from + length > looked) {
            flow.skipped(from + length - looked);
        }
        input.skip(from + length - looked);
        if (fromClient) {
            asked = message.u8(operation) == EXTENDED_REQUEST
                && message.matches(operation + 1 + Ber.sizeOfLength(message, operation + 1), START_TLS);
        } else if (asked && message.u8(operation) == EXTENDED_RESPONSE) {
            asked = false;
            if (result == Ldap.SUCCESS) {
                flow.handOver(null);
                return false;
            }
        }
        return true;
    }

    /** What comes is no message: the rest of one whose beginning was not seen, or anything encrypted. */
    private void giveUp(final StreamInput input) {
        if (begun || !flow.isMidStream()) {
            flow.done();
        } else {
            flow.skipped(input.available());
            input.skip(input.available());
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void ended() {
        reader.end(flow);
    }
}
