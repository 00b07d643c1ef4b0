package io.weir.protocol.krb5;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.asn1.Ber;

/** Tells each message of Kerberos over TCP, where a length of four bytes is in front (RFC 4120, section 7.2.2). */
final class KerberosStreamParser extends StreamParser {
    private static final int HEAD = 4;
    /** Bytes of a message that are looked at; tickets with long lists of groups push names far behind. */
    private static final int LOOKED_AT = 16 * 1024;
    /** Length, tag and length in the encoding: together they tell a message. */
    private static final int TELLING = HEAD + 6;

    private final KerberosReader reader = new KerberosReader();
    /** By side: whether the beginning of a message is missing. */
    private final boolean[] lost = new boolean[2];

    @Override
    protected void started() {
        reader.begin();
        lost[0] = false;
        lost[1] = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (lost[fromClient ? 0 : 1] && input.available() < TELLING) {
            return;
        }
        if (lost[fromClient ? 0 : 1] && !isMessage(input)) {
            input.giveUp();
            return;
        }
        lost[fromClient ? 0 : 1] = false;
        Bytes head = input.peek(HEAD);
        while (head != null) {
            final long length = head.u32(0);
            if (length == 0 || length > Kerberos.LONGEST) {
                flow.event(Kerberos.MALFORMED);
                flow.skipped(input.available());
                input.skipAll();
                return;
            }
            final int looked = (int) Math.min(LOOKED_AT, HEAD + length);
            final Bytes message = input.take(looked);
            if (message == null) {
                return;
            }
            reader.message(flow, fromClient, message, HEAD, (int) (HEAD + length));
            if (HEAD + length > looked) {
                flow.skipped(HEAD + length - looked);
            }
            input.skip(HEAD + length - looked);
            head = input.peek(HEAD);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        // Nothing in the middle of encrypted parts says where the next message begins, but a segment of its own.
        lost[fromClient ? 0 : 1] = true;
    }

    /** True if what has come begins with a message, by its kind and by lengths that agree. */
    private static boolean isMessage(final StreamInput input) {
        final Bytes head = input.peek(TELLING);
        if (head == null || !KerberosWords.isMessage(head.u8(HEAD))) {
            return false;
        }
        final long length = Ber.length(head, HEAD + 1);
        return length > 0 && head.u32(0) == 1 + Ber.sizeOfLength(head, HEAD + 1) + length;
    }

    @Override
    protected void ended() {
        // Each message is a record of its own.
    }
}
