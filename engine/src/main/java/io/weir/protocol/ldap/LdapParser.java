package io.weir.protocol.ldap;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.asn1.Ber;
import java.nio.charset.StandardCharsets;

/** Follows a connection until it is encrypted (StartTLS, RFC 4511 section 4.14) or its client has logged in. */
final class LdapParser extends StreamParser {
    private static final int SEQUENCE = 0x30;
    private static final int BIND_REQUEST = 0x60;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final byte[] START_TLS =
        "\u0080\u00161.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.ISO_8859_1);
    /** Bytes of a message that are looked at. */
    private static final int LOOKED_AT = 64;
    /** A client asks for encryption first, or after it has read what the server can do. */
    private static final int MAX_MESSAGES = 16;

    private boolean asked;
    private int messages;

    @Override
    protected void started() {
        asked = false;
        messages = 0;
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
        if (head.u8(0) != SEQUENCE || length < 0 || messages++ == MAX_MESSAGES) {
            flow.done();
            return false;
        }
        final Bytes message = input.peek((int) Math.min(LOOKED_AT, from + length));
        if (message == null) {
            messages--;
            return false;
        }
        input.skip(from + length);
        final int operation = from + 2 + Math.max(0, message.u8(from + 1));
        return fromClient ? request(message, operation) : response(message, operation);
    }

    private boolean request(final Bytes message, final int operation) {
        final int type = message.u8(operation);
        asked = type == EXTENDED_REQUEST
            && message.matches(operation + 1 + Ber.sizeOfLength(message, operation + 1), START_TLS);
        if (type == BIND_REQUEST) {
            flow.done();
        }
        return type != BIND_REQUEST;
    }

    private boolean response(final Bytes message, final int operation) {
        flow.confirm();
        if (!asked || message.u8(operation) != EXTENDED_RESPONSE) {
            return true;
        }
        asked = false;
        final int result = operation + 1 + Ber.sizeOfLength(message, operation + 1);
        if (message.u24(result) != Ldap.SUCCESS) {
            return true;
        }
        flow.handOver(null);
        return false;
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void ended() {
        // Nothing stays half.
    }
}
