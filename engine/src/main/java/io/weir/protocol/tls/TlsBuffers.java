package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;

/** What rules may look at in sessions beside what records have, named like Suricata's sticky buffers. */
final class TlsBuffers {
    static final Field RANDOM = Field.inspected("tls.random", "The 32 random bytes of a hello.");
    static final Field RANDOM_TIME =
        Field.inspected("tls.random_time", "The first four of them, where some put the time.");
    static final Field RANDOM_BYTES = Field.inspected("tls.random_bytes", "The others.");
    static final Field CERTIFICATES = Field.inspected("tls.certs", "Each certificate of a side's chain, as DER.");
    static final Field CHAIN_LENGTH =
        Field.inspected("tls.cert_chain_len", "Number of certificates in a side's chain, as decimal digits.");

    private static final int RANDOM_AT = 2;
    private static final int TIME_LENGTH = 4;
    private static final int RANDOM_LENGTH = 32;
    private static final int MOST_CERTIFICATES = 99;

    private TlsBuffers() {
    }

    static Field[] all() {
        return new Field[] {RANDOM, RANDOM_TIME, RANDOM_BYTES, CERTIFICATES, CHAIN_LENGTH};
    }

    /** Tells what is asked for of a hello. */
    static void hello(final FlowContext flow, final Transaction record, final boolean fromClient, final Bytes body) {
        if (flow.wants(RANDOM)) {
            record.inspected(fromClient).put(RANDOM, body, RANDOM_AT, RANDOM_LENGTH);
        }
        if (flow.wants(RANDOM_TIME)) {
            record.inspected(fromClient).put(RANDOM_TIME, body, RANDOM_AT, TIME_LENGTH);
        }
        if (flow.wants(RANDOM_BYTES)) {
            record.inspected(fromClient)
                .put(RANDOM_BYTES, body, RANDOM_AT + TIME_LENGTH, RANDOM_LENGTH - TIME_LENGTH);
        }
    }

    /** Tells what is asked for of a list with lengths of 24 bits. */
    static void chain(final FlowContext flow, final Transaction record, final boolean fromClient, final Bytes body) {
        final boolean whole = flow.wants(CERTIFICATES);
        final boolean counted = flow.wants(CHAIN_LENGTH);
        if (!whole && !counted) {
            return;
        }
        final FieldList list = record.inspected(fromClient);
        int count = 0;
        int at = 3;
        for (int length = body.u24(at); length > 0; length = body.u24(at)) {
            if (whole && count < MOST_CERTIFICATES) {
                list.put(CERTIFICATES, body, at + 3, length);
            }
            count++;
            at += 3 + length;
        }
        if (counted) {
            list.putDecimal(CHAIN_LENGTH, count);
        }
    }
}
