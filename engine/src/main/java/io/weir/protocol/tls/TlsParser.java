package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.FieldList;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/**
 * Reads the records of both sides of a connection, RFC 8446 section 5.1: type (8 bits), version (16), length (16),
 * content. Handshake records are read as they come, others are skipped; hellos of SSL 2 are read too.
 */
final class TlsParser extends StreamParser {
    static final int HEADER = 5;
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEARTBEAT = 24;
    /** Longest record, with what encryption and compression add: RFC 5246 section 6.2.3. */
    static final int MAX_LENGTH = 16 * 1024 + 2048;

    private static final int ALERT_LENGTH = 2;
    private static final int HEARTBEAT_HEADER = 3;
    /** Least random bytes behind a heartbeat's payload, RFC 6520 section 4. */
    private static final int HEARTBEAT_PADDING = 16;
    private static final int HEARTBEAT_REQUEST = 1;
    private static final int HEARTBEAT_RESPONSE = 2;
    /** How far behind a gap a record's header is searched for. */
    private static final int MAX_SEARCH = 2 * MAX_LENGTH;

    private final Session session = new Session();
    private final Side client = new Side(session, true);
    private final Side server = new Side(session, false);

    private Side side(final boolean fromClient) {
        return fromClient ? client : server;
    }

    @Override
    public int touch(final boolean fromClient) {
        return super.touch(fromClient) + side(fromClient).recordLeft + session.touch();
    }

    @Override
    public FieldList pendingRecord() {
        return session.record();
    }

    @Override
    protected void started() {
        session.begin(flow, false);
        client.begin();
        server.begin();
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final Side side = side(fromClient);
        boolean more = true;
        while (more && !session.isOver() && !input.isEmpty()) {
            if (side.recordLeft > 0) {
                handshake(side, input);
            } else if (side.toSearch > 0) {
                more = search(side, input);
            } else {
                more = next(fromClient, side, input);
            }
        }
        if (session.isOver()) {
            // So that nobody keeps what nobody will read.
            input.skipAll();
            flow.done();
        }
    }

    private void handshake(final Side side, final StreamInput input) {
        final Bytes some = input.takeSome(side.recordLeft);
        side.recordLeft -= some.length();
        if (!side.passMessage) {
            side.add(some);
        } else if (side.recordLeft == 0) {
            side.passMessage = false;
        }
    }

    /** Begins the next record; false if it is not there yet. */
    private boolean next(final boolean fromClient, final Side side, final StreamInput input) {
        final Bytes header = input.peek(HEADER);
        if (header == null) {
            return false;
        }
        if (Ssl2.mayBegin(header) && !side.encrypted) {
            return Ssl2.read(session, fromClient, input);
        }
        final int type = header.u8(0);
        final int version = header.u16(1);
        final int length = header.u16(3);
        if (!isHeader(type, version, length)) {
            invalid(side, type, version, input);
            return false;
        }
        if (type == ALERT || type == HEARTBEAT) {
            return message(fromClient, side, type, length, input);
        }
        switch (type) {
            case HANDSHAKE -> {
                if (!side.encrypted) {
                    session.recordVersion(fromClient, version);
                    side.recordLeft = length;
                    input.skip(HEADER);
                    return true;
                }
                session.encrypted(fromClient);
            }
            case CHANGE_CIPHER_SPEC -> {
                side.encrypted = true;
                session.encrypted(fromClient);
            }
            default -> {
                side.encrypted = true;
                session.encrypted(fromClient);
                if (!session.isOver()) {
                    // Early data: only the server's answer can still be learnt from.
                    input.skipAll();
                    return false;
                }
            }
        }
        input.skip(HEADER + length);
        return true;
    }

    static boolean isHeader(final int type, final int version, final int length) {
        return type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT && version >> 8 == 3 && length <= MAX_LENGTH;
    }

    /** An alert or heartbeat, which says something unless it is encrypted; false if it is not there yet. */
    private boolean message(final boolean fromClient, final Side side, final int type, final int length,
        final StreamInput input) {
        final int wanted = side.encrypted ? 0 : Math.min(length, type == ALERT ? ALERT_LENGTH : HEARTBEAT_HEADER);
        final Bytes record = input.peek(HEADER + wanted);
        if (record == null) {
            return false;
        }
        if (side.encrypted || type == ALERT && length != ALERT_LENGTH) {
            if (!side.encrypted && length < ALERT_LENGTH) {
                flow.event(TlsEvents.ALERT);
            }
            session.encrypted(fromClient);
        } else if (type == ALERT) {
            session.recordVersion(fromClient, record.u16(1));
            session.alert(fromClient, record.u8(HEADER));
        } else {
            heartbeat(side, record, length);
        }
        input.skip(HEADER + length);
        return true;
    }

    /** RFC 6520: type (8 bits), payload length (16), payload, padding; one request at a time waits for its answer. */
    private void heartbeat(final Side side, final Bytes record, final int length) {
        flow.event(TlsEvents.HEARTBEAT_SEEN);
        final int type = record.u8(HEADER);
        final int announced = HEARTBEAT_HEADER + record.u16(HEADER + 1);
        if (length < HEARTBEAT_HEADER || type != HEARTBEAT_REQUEST && type != HEARTBEAT_RESPONSE) {
            flow.event(TlsEvents.HEARTBEAT);
        } else if (announced > length) {
            flow.event(TlsEvents.HEARTBEAT_OVERFLOW);
        } else if (length - announced < HEARTBEAT_PADDING || type == HEARTBEAT_REQUEST && side.heartbeat) {
            flow.event(TlsEvents.HEARTBEAT);
        }
        if (type == HEARTBEAT_REQUEST) {
            side.heartbeat = true;
        } else {
            side(side == server).heartbeat = false;
        }
    }

    private void invalid(final Side side, final int type, final int version, final StreamInput input) {
        if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) {
            flow.event(TlsEvents.RECORD_TYPE);
        } else if (version >> 8 != 3) {
            flow.event(TlsEvents.RECORD_VERSION);
        } else {
            flow.event(TlsEvents.RECORD_LENGTH);
        }
        giveUp(side, input);
    }

    private void giveUp(final Side side, final StreamInput input) {
        flow.skipped(input.available());
        side.toSearch = 0;
        input.skipAll();
        if (input(side == server).isSkippingAll()) {
            session.end();
        }
    }

    /** Looks for a record's header behind a gap; false if there is none yet. */
    private boolean search(final Side side, final StreamInput input) {
        final int before = side.toSearch;
        Bytes header = input.peek(HEADER);
        boolean found = false;
        while (!found && header != null && side.toSearch > 0) {
            found = header.u8(2) <= 4 && isHeader(header.u8(0), header.u16(1), header.u16(3));
            if (!found) {
                input.skip(1);
                side.toSearch--;
                header = input.peek(HEADER);
            }
        }
        flow.skipped(before - side.toSearch);
        if (found) {
            side.toSearch = 0;
        } else if (side.toSearch == 0) {
            giveUp(side, input);
        }
        return found;
    }

    /** What is left of a record whose length is known is passed over; else the next header is searched for. */
    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        final Side side = side(fromClient);
        final boolean known = side.missing(missing);
        if (missing <= side.recordLeft) {
            side.recordLeft -= (int) missing;
            side.passMessage = !known && side.recordLeft > 0;
        } else {
            side.recordLeft = 0;
            side.toSearch = MAX_SEARCH;
        }
        if (session.isOver()) {
            flow.done();
        }
    }

    @Override
    protected void finished(final boolean fromClient, final StreamInput input) {
        side(fromClient).cut();
        if (session.isOver()) {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        client.cut();
        server.cut();
        session.end();
        client.reset();
        server.reset();
    }

    /** The records of one side, and the messages in them. */
    private static final class Side extends HandshakeJoiner {
        private int recordLeft;
        private int toSearch;
        private boolean encrypted;
        private boolean passMessage;
        /** A heartbeat of this side waits for its answer. */
        private boolean heartbeat;

        Side(final Session session, final boolean isClient) {
            super(session, isClient);
        }

        void begin() {
            recordLeft = 0;
            toSearch = 0;
            encrypted = false;
            passMessage = false;
            heartbeat = false;
        }
    }
}
