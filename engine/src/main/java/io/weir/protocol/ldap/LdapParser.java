package io.weir.protocol.ldap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.asn1.Ber;

/**
 * Tells the messages of a connection until it is encrypted: by TLS (StartTLS, RFC 4511 section 4.14), or as its client
 * has logged in, behind which what comes is no message any more.
 */
final class LdapParser extends StreamParser {
    private static final int SEQUENCE = 0x30;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final int INTEGER = 0x02;
    private static final int NAME = 0x80;
    private static final byte[] START_TLS = "1.3.6.1.4.1.1466.20037".getBytes(US_ASCII);
    /** Where a message is sought, what tells one: its head, its number and the tag of its operation. */
    private static final int TELLING = 17;
    /** Pieces of both sides, none of which begins with a message, after which no more is sought. */
    private static final int MOST_SOUGHT = 64;
    /** A record of TLS with a handshake. */
    private static final int TLS_HANDSHAKE = 0x1603;
    /** Bytes of a message that are looked at. */
    private static final int LOOKED_AT = 8 * 1024;

    private final LdapReader reader = new LdapReader();
    private boolean asked;
    /** By side: whether what comes may be the rest of a message whose beginning is missing. */
    private final boolean[] seeking = new boolean[2];
    private int sought;

    @Override
    protected void started() {
        seeking[0] = flow.isMidStream();
        seeking[1] = flow.isMidStream();
        sought = 0;
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
        if (seeking[fromClient ? 0 : 1] && !seek(fromClient, input)) {
            return false;
        }
        final Bytes tag = input.peek(2);
        final Bytes head = tag == null ? null : input.peek(1 + Ber.sizeOfLength(tag, 1));
        if (head == null) {
            return false;
        }
        final int from = head.length();
        final long length = Ber.length(head, 1);
        if (head.u8(0) != SEQUENCE || length < 0) {
            flow.done();
            return false;
        }
        final int looked = (int) Math.min(LOOKED_AT, from + length);
        final Bytes message = input.take(looked);
        if (message == null) {
            return false;
        }
        final int operation = behind(message, from);
        final long result =
            reader.message(flow, fromClient, message, (int) Math.min(Integer.MAX_VALUE, from + length));
        if (from + length > looked) {
            flow.skipped(from + length - looked);
        }
        input.skip(from + length - looked);
        if (fromClient) {
            asked = message.u8(operation) == EXTENDED_REQUEST
                && isStartTls(message, operation + 1 + Ber.sizeOfLength(message, operation + 1));
        } else if (asked && message.u8(operation) == EXTENDED_RESPONSE) {
            asked = false;
            if (result == Ldap.SUCCESS) {
                flow.handOver(null);
                return false;
            }
        }
        return true;
    }

    /** Where the value at a place ends, or the message if it goes on behind it. */
    private static int behind(final Bytes message, final int at) {
        final long end = at + 1 + Ber.sizeOfLength(message, at + 1) + Math.max(0, Ber.length(message, at + 1));
        return (int) Math.min(message.length(), end);
    }

    private static boolean isStartTls(final Bytes message, final int name) {
        return message.u8(name) == NAME && Ber.length(message, name + 1) == START_TLS.length
            && message.matches(name + 1 + Ber.sizeOfLength(message, name + 1), START_TLS);
    }

    /** Looks whether a piece begins with a message; false if it does not, and is skipped, or more is needed to tell. */
    private boolean seek(final boolean fromClient, final StreamInput input) {
        final int known = Math.min(TELLING, input.available());
        final Bytes beginning = input.peek(known);
        if (beginning == null) {
            return false;
        }
        final int number = 1 + Ber.sizeOfLength(beginning, 1);
        final int operation = behind(beginning, number);
        if (beginning.u8(0) == SEQUENCE && operation == known && known < TELLING) {
            return false;
        }
        if (isMessage(fromClient, beginning, number, beginning.u8(operation))) {
            seeking[fromClient ? 0 : 1] = false;
            return true;
        }
        if (beginning.u16(0) == TLS_HANDSHAKE) {
            // the agreement on it is missing
            flow.handOver(null);
            return false;
        }
        input.giveUp();
        if (++sought == MOST_SOUGHT) {
            flow.done();
        }
        return false;
    }

    private static boolean isMessage(final boolean fromClient, final Bytes beginning, final int number,
        final int operation) {
        final long length = Ber.length(beginning, number + 1);
        return beginning.u8(0) == SEQUENCE && Ber.length(beginning, 1) > 0 && beginning.u8(number) == INTEGER
            && length >= 1 && length <= 4 && LdapWords.isOperation(operation, fromClient);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        seeking[fromClient ? 0 : 1] = true;
        if (asked && !fromClient) {
            // The answer is missing: what follows says itself whether it is encrypted.
            flow.handOver(null);
        }
    }

    @Override
    protected void ended() {
        reader.end(flow);
    }
}
