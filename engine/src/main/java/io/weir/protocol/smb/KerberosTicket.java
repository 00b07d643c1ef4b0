package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import io.weir.protocol.asn1.BerReader;
import io.weir.protocol.asn1.BerSequence;

/**
 * The ticket of Kerberos with which a client logs on: in an AP-REQ (RFC 4120, 5.5.1) behind its identifier (RFC 4121,
 * 4.1), of which a security blob has the beginning at least. One thread.
 */
final class KerberosTicket {
    /** 1.2.840.113554.1.2.2, what the token is (KRB_AP_REQ), and the tag of an AP-REQ. */
    private static final byte[] TOKEN =
        {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x12, 1, 2, 2, 1, 0, 0x6e};
    private static final int CONTEXT = 0xa0;
    private static final int TICKET = 0x61;
    private static final int MOST_FIELDS = 8;
    private static final int MOST_NAMES = 8;

    private final BerReader ber = new BerReader();
    private final BerSequence fields = new BerSequence(ber);

    /** Tells realm and service of a ticket, if there is one in a security blob, however it is wrapped. */
    void tell(final Transaction t, final Bytes b, final int from) {
        final int token = b.indexOf(TOKEN, from);
        ber.of(b);
        if (token < 0 || !ber.read(token + TOKEN.length - 1, Integer.MAX_VALUE)
            || !find(CONTEXT | 3, ber.start(), ber.end()) || !ber.read(TICKET, ber.start(), ber.end())) {
            return;
        }
        final int start = ber.start();
        final int end = ber.end();
        if (!find(CONTEXT | 1, start, end) || !ber.read(ber.start(), ber.end()) || !b.has(ber.start(), ber.length())) {
            return;
        }
        t.begin(Smb.KERBEROS).put(Smb.REALM, b, ber.start(), ber.length());
        if (find(CONTEXT | 2, start, end) && find(CONTEXT | 1, ber.start(), ber.end())
            && fields.begin(ber.start(), ber.end(), MOST_NAMES)) {
            while (fields.hasMore() && fields.next() && b.has(ber.start(), ber.length())) {
                t.put(Smb.SNAMES, b, ber.start(), ber.length());
            }
        }
        t.end();
    }

    /** Goes to the field with that tag of the sequence at a place; false if there is none. */
    private boolean find(final int tag, final int from, final int limit) {
        boolean isThere = fields.begin(from, limit, MOST_FIELDS);
        while (isThere && fields.hasMore()) {
            isThere = fields.nextField();
            if (isThere && ber.tag() == tag) {
                return true;
            }
        }
        return false;
    }
}
