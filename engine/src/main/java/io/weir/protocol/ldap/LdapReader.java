package io.weir.protocol.ldap;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.asn1.BerReader;
import java.util.Arrays;

/**
 * Reads the messages of a connection (RFC 4511, section 4) and tells each request, with its responses, as a record. One
 * for each flow; one thread.
 */
final class LdapReader {
    /** Requests that wait for their responses; with one more, the oldest waits no longer. */
    static final int MOST_WAITING = 32;
    /** Responses to a request that its record has, and the last one; rules are told of all. */
    static final int MOST_RESPONSES = 64;

    private static final int USUAL = 2;

    private Transaction[] waiting = new Transaction[USUAL];
    private long[] ids = new long[USUAL];
    private int[] responses = new int[USUAL];
    private int count;

    /** Nothing is known of the flow. */
    void begin() {
        count = 0;
    }

    /**
     * Tells a message.
     *
     * @param message   as far as it is there
     * @param announced where it ends; greater than the length of {@code message} if that was cut off
     * @return how the operation has ended that it answers, or {@link BerReader#NO_NUMBER} if it says nothing of that
     */
    long message(final FlowContext flow, final boolean fromClient, final Bytes message, final int announced) {
        final LdapTeller teller = flow.scratch(LdapTeller.SCRATCH);
        final BerReader ber = teller.reader(message);
        final boolean isFramed = ber.read(BerReader.SEQUENCE, 0, announced);
        final int limit = isFramed ? ber.end() : 0;
        final long id = isFramed && ber.read(BerReader.INTEGER, ber.start(), limit) ? ber.number()
            : BerReader.NO_NUMBER;
        final boolean isThere = id != BerReader.NO_NUMBER && ber.read(ber.end(), limit);
        final int operation = ber.tag() & LdapWords.NUMBER;
        if (!isThere || !LdapWords.isOperation(ber.tag(), fromClient)) {
            flow.skipped(message.length());
            flow.event(Ldap.INVALID);
            return BerReader.NO_NUMBER;
        }
        final boolean isRead = fromClient ? request(flow, teller, id, operation)
            : response(flow, teller, id, operation);
        if (!isRead && announced <= message.length()) {
            flow.event(Ldap.INVALID);
        }
        return fromClient ? BerReader.NO_NUMBER : teller.result();
    }

    private boolean request(final FlowContext flow, final LdapTeller teller, final long id, final int operation) {
        final Transaction record = flow.open(Ldap.RECORD);
        record.begin(LdapFields.REQUEST).put(LdapFields.REQUEST_OPERATION, LdapWords.operation(operation));
        record.put(LdapFields.REQUEST_ID, id);
        final boolean isRead = teller.request(flow, record, operation);
        record.end();
        if (operation == LdapWords.UNBIND || operation == LdapWords.ABANDON) {
            flow.close(record);
        } else {
            add(flow, id, record);
            flow.told(record, true);
        }
        return isRead;
    }

    private boolean response(final FlowContext flow, final LdapTeller teller, final long id, final int operation) {
        flow.confirm();
        int at = find(id);
        if (at < 0) {
            // unasked for, or the request was not seen
            at = add(flow, id, flow.open(Ldap.RECORD));
        }
        final Transaction record = waiting[at];
        final boolean isLast = LdapWords.isLast(operation);
        final int told = ++responses[at];
        if (told <= MOST_RESPONSES || isLast) {
            record.begin(LdapFields.RESPONSES);
        } else {
            record.beginLeftOut();
        }
        record.put(LdapFields.OPERATION, LdapWords.operation(operation)).put(LdapFields.ID, id);
        final boolean isRead = teller.response(flow, record, operation);
        record.end();
        if (isLast) {
            close(flow, at);
        }
        return isRead;
    }

    private int find(final long id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    private int add(final FlowContext flow, final long id, final Transaction record) {
        if (count == MOST_WAITING) {
            close(flow, 0);
        } else if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * count);
            ids = Arrays.copyOf(ids, 2 * count);
            responses = Arrays.copyOf(responses, 2 * count);
        }
        waiting[count] = record;
        ids[count] = id;
        responses[count] = 0;
        return count++;
    }

    private void close(final FlowContext flow, final int at) {
        final Transaction record = waiting[at];
        if (responses[at] > 0 && flow.isWatched() && flow.wants(LdapFields.RESPONSE_COUNT)) {
            record.inspected(false).putDecimal(LdapFields.RESPONSE_COUNT, responses[at]);
        }
        count--;
        System.arraycopy(waiting, at + 1, waiting, at, count - at);
        System.arraycopy(ids, at + 1, ids, at, count - at);
        System.arraycopy(responses, at + 1, responses, at, count - at);
        waiting[count] = null;
        flow.close(record);
    }

    /** The flow has ended: no more responses come. */
    void end(final FlowContext flow) {
        while (count > 0) {
            close(flow, 0);
        }
    }
}
