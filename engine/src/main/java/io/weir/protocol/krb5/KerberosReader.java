package io.weir.protocol.krb5;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.asn1.BerReader;
import io.weir.protocol.asn1.BerSequence;

/**
 * Reads messages with a key distribution centre (RFC 4120, section 5) and tells each as a record. Messages between
 * clients and services are passed over, as they hold nothing but what is encrypted. One for each flow; one thread.
 */
final class KerberosReader {
    private static final int CONTEXT = 0xa0;
    private static final int SEQUENCE_OF_PARTS = CONTEXT | 1;
    private static final int TICKET = 0x61;
    /** Fields of a sequence that are looked at; no message has as many. */
    private static final int MOST_FIELDS = 24;
    private static final int MOST_PARTS = 16;

    private final BerReader ber = new BerReader();
    private final BerSequence fields = new BerSequence(ber);
    private final BerSequence inner = new BerSequence(ber);
    private final byte[] name = new byte[512];
    private final Span client = new Span();
    private final Span server = new Span();
    private final Span realm = new Span();
    private Bytes bytes;
    private int type;
    /** The request that was seen last, or 0. */
    private int request;
    /** Numbers of the message, each {@link BerReader#NO_NUMBER} if it has none that can be read. */
    private long error;
    private long encryption;
    private long ticketEncryption;

    /** A part of the message. */
    private static final class Span {
        private int start;
        private int end;

        void set(final int from, final int to) {
            start = from;
            end = to;
        }

        int length() {
            return end - start;
        }
    }

    /** Nothing is known of the flow. */
    void begin() {
        request = 0;
    }

    /** The same, of a message that begins where the bytes do. */
    void message(final FlowContext flow, final boolean fromClient, final Bytes message, final int announced) {
        message(flow, fromClient, message, 0, announced);
    }

    /**
     * Tells a message.
     *
     * @param message   as far as it is there
     * @param at        where it begins
     * @param announced where it ends; greater than the length of {@code message} if that was cut off
     */
    void message(final FlowContext flow, final boolean fromClient, final Bytes message, final int at,
        final int announced) {
        bytes = message;
        ber.of(message);
        type = message.u8(at) & 0x1f;
        final boolean isRequest = type == KerberosWords.AS_REQUEST || type == KerberosWords.TGS_REQUEST;
        client.set(0, 0);
        server.set(0, 0);
        realm.set(0, 0);
        error = BerReader.NO_NUMBER;
        encryption = BerReader.NO_NUMBER;
        ticketEncryption = BerReader.NO_NUMBER;
        // A record is made before it is known whether the message can be read: what can is in it.
        final boolean isTold = KerberosWords.isTold(message.u8(at));
        final boolean isRead = ber.read(at, announced) && (!isTold || body(ber.start(), ber.end()));
        if (isTold) {
            tell(flow, fromClient);
        } else if (!KerberosWords.isMessage(message.u8(at))) {
            flow.skipped(message.length() - at);
        }
        if (isRequest) {
            request = type;
        } else if (request != 0 && !fromClient) {
            flow.confirm();
        }
        if (!isRead && announced <= message.length()) {
            flow.event(Kerberos.MALFORMED);
        }
    }

    private boolean body(final int from, final int to) {
        boolean isRead = fields.begin(from, to, MOST_FIELDS);
        while (isRead && fields.hasMore()) {
            isRead = fields.nextField() && field(ber.tag() - CONTEXT);
        }
        return isRead;
    }

    private boolean field(final int number) {
        return switch (type) {
            case KerberosWords.AS_REQUEST, KerberosWords.TGS_REQUEST -> number != 4
                || requestBody(ber.start(), ber.end());
            case KerberosWords.ERROR -> ofError(number);
            default -> ofReply(number);
        };
    }

    /** KDC-REQ-BODY: names of both and a realm. */
    private boolean requestBody(final int from, final int to) {
        boolean isRead = inner.begin(from, to, MOST_FIELDS);
        while (isRead && inner.hasMore()) {
            isRead = inner.nextField();
            switch (isRead ? ber.tag() - CONTEXT : -1) {
                case 1 -> client.set(ber.start(), ber.end());
                case 2 -> realm.set(ber.start(), ber.end());
                case 3 -> server.set(ber.start(), ber.end());
                default -> {
                }
            }
        }
        return isRead;
    }

    private boolean ofReply(final int field) {
        final int start = ber.start();
        final int end = ber.end();
        switch (field) {
            case 3 -> realm.set(start, end);
            case 4 -> client.set(start, end);
            case 5 -> {
                return ticket(start, end);
            }
            case 6 -> {
                encryption = encryption(start, end);
                return encryption != BerReader.NO_NUMBER;
            }
            default -> {
            }
        }
        return true;
    }

    private boolean ofError(final int field) {
        final int start = ber.start();
        final int end = ber.end();
        switch (field) {
            case 6 -> {
                error = number(start, end);
                return error != BerReader.NO_NUMBER;
            }
            case 8 -> client.set(start, end);
            case 9 -> realm.set(start, end);
            case 10 -> server.set(start, end);
            default -> {
            }
        }
        return true;
    }

    private boolean ticket(final int from, final int to) {
        boolean isRead = ber.read(TICKET, from, to) && inner.begin(ber.start(), ber.end(), MOST_FIELDS);
        while (isRead && inner.hasMore()) {
            isRead = inner.nextField();
            switch (isRead ? ber.tag() - CONTEXT : -1) {
                case 2 -> server.set(ber.start(), ber.end());
                case 3 -> ticketEncryption = encryption(ber.start(), ber.end());
                default -> {
                }
            }
        }
        return isRead && ticketEncryption != BerReader.NO_NUMBER;
    }

    /** Number of the encryption of an EncryptedData, its first field, or {@link BerReader#NO_NUMBER}. */
    private long encryption(final int from, final int to) {
        if (!ber.read(BerReader.SEQUENCE, from, to)) {
            return BerReader.NO_NUMBER;
        }
        final int limit = ber.end();
        if (!ber.read(CONTEXT, ber.start(), limit)) {
            return BerReader.NO_NUMBER;
        }
        final int start = ber.start();
        final int end = ber.end();
        final boolean comesTwice = ber.read(CONTEXT, end, limit);
        return comesTwice ? BerReader.NO_NUMBER : number(start, end);
    }

    private long number(final int from, final int to) {
        return ber.read(BerReader.INTEGER, from, to) ? ber.number() : BerReader.NO_NUMBER;
    }

    private void tell(final FlowContext flow, final boolean fromClient) {
        final Transaction record = flow.open(Kerberos.RECORD);
        if (fromClient) {
            record.byClient();
        } else {
            record.byServer();
        }
        record.put(Kerberos.MESSAGE_TYPE, KerberosWords.type(type));
        final boolean watched = flow.isWatched();
        if (watched && flow.wants(Kerberos.TYPE_NUMBER)) {
            record.inspected(fromClient).putDecimal(Kerberos.TYPE_NUMBER, type);
        }
        if (error != BerReader.NO_NUMBER) {
            record.put(Kerberos.FAILED_REQUEST, KerberosWords.type(request));
            putWord(record, Kerberos.ERROR_CODE, KerberosWords.error(error), error);
            if (watched && flow.wants(Kerberos.ERROR_NUMBER)) {
                record.inspected(fromClient).putDecimal(Kerberos.ERROR_NUMBER, error);
            }
        }
        putName(record, client, Kerberos.CLIENT_NAME,
            watched && flow.wants(Kerberos.CLIENT_PART) ? Kerberos.CLIENT_PART : null, fromClient);
        if (realm.length() > 0 && ber.read(realm.start, realm.end)) {
            record.put(Kerberos.REALM, bytes, ber.start(), ber.length());
        }
        putName(record, server, Kerberos.SERVER_NAME,
            watched && flow.wants(Kerberos.SERVER_PART) ? Kerberos.SERVER_PART : null, fromClient);
        if (encryption != BerReader.NO_NUMBER) {
            putWord(record, Kerberos.ENCRYPTION, KerberosWords.encryption(encryption), encryption);
            record.put(Kerberos.WEAK, KerberosWords.isWeak(encryption));
            if (KerberosWords.isWeak(encryption)) {
                flow.event(Kerberos.WEAK_ENCRYPTION, record);
            }
        }
        if (ticketEncryption != BerReader.NO_NUMBER) {
            putWord(record, Kerberos.TICKET_ENCRYPTION, KerberosWords.encryption(ticketEncryption), ticketEncryption);
            record.put(Kerberos.TICKET_WEAK, KerberosWords.isWeak(ticketEncryption));
        }
        flow.close(record);
    }

    /** A word, or the number in decimal that has none. */
    private static void putWord(final Transaction record, final Field field, final byte[] word, final long number) {
        if (word != null) {
            record.put(field, word);
        } else {
            record.putDecimal(field, number);
        }
    }

    /**
     * A PrincipalName: a type, and parts, which are texts.
     *
     * @param part of rules, told each part; or null
     */
    private void putName(final Transaction record, final Span span, final Field field, final Field part,
        final boolean fromClient) {
        if (span.length() == 0 || !ber.read(BerReader.SEQUENCE, span.start, span.end)
            || !ber.read(CONTEXT, ber.start(), ber.end()) || !ber.read(SEQUENCE_OF_PARTS, ber.end(), span.end)
            || !ber.read(BerReader.SEQUENCE, ber.start(), ber.end())) {
            return;
        }
        final int end = ber.end();
        int at = ber.start();
        int length = 0;
        for (int i = 0; at < end && ber.read(at, end) && bytes.has(ber.start(), ber.length()); i++) {
            if (i == MOST_PARTS || ber.length() + (i > 0 ? 1 : 0) > name.length - length) {
                record.leftOut();
            }
            if (i == MOST_PARTS) {
                break;
            }
            at = ber.end();
            if (i > 0 && length < name.length) {
                name[length++] = '/';
            }
            final int count = Math.min(ber.length(), name.length - length);
            bytes.copyTo(ber.start(), name, length, count);
            length += count;
            if (part != null) {
                record.inspected(fromClient).put(part, bytes, ber.start(), ber.length());
            }
        }
        record.put(field, name, 0, length);
    }
}
