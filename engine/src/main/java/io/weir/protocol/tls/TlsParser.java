package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.FieldList;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/**
 * Reads the records of both sides of a connection, RFC 8446 section 5.1: type (8 bits), version (16), length (16),
 * content. Handshake records are read as they come, others are skipped; hellos of SSL 2 are read too. Index 0 of pairs
 * is the client's side, 1 the server's.
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
    /** How far behind a gap a record's header is searched for. */
    private static final int MAX_SEARCH = 2 * MAX_LENGTH;

    private final Session session = new Session();
    private final HandshakeJoiner[] joiners =
        {new HandshakeJoiner(session, true), new HandshakeJoiner(session, false)};
    private final int[] recordLeft = new int[2];
    private final int[] toSearch = new int[2];
    private final boolean[] encrypted = new boolean[2];
    private final boolean[] passMessage = new boolean[2];

    @Override
    public int touch(final boolean fromClient) {
        return super.touch(fromClient) + recordLeft[fromClient ? 0 : 1] + session.touch();
    }

    @Override
    public FieldList pendingRecord() {
        return session.record();
    }

    @Override
    protected void started() {
        session.begin(flow, false);
        for (int side = 0; side < 2; side++) {
            recordLeft[side] = 0;
            toSearch[side] = 0;
            encrypted[side] = false;
            passMessage[side] = false;
        }
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final int side = fromClient ? 0 : 1;
        boolean more = true;
        while (more && !session.isOver() && !input.isEmpty()) {
            if (recordLeft[side] > 0) {
                handshake(side, input);
            } else if (toSearch[side] > 0) {
                more = search(side, input);
            } else {
                more = next(fromClient, side, input);
            }
        }
        if (session.isOver()) {
            flow.done();
        }
    }

    private void handshake(final int side, final StreamInput input) {
        final Bytes some = input.takeSome(recordLeft[side]);
        recordLeft[side] -= some.length();
        if (!passMessage[side]) {
            joiners[side].add(some);
        } else if (recordLeft[side] == 0) {
            passMessage[side] = false;
        }
    }

    /** Begins the next record; false if it is not there yet. */
    private boolean next(final boolean fromClient, final int side, final StreamInput input) {
        final Bytes header = input.peek(HEADER);
        if (header == null) {
            return false;
        }
        if (Ssl2.mayBegin(header) && !encrypted[side]) {
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
                if (!encrypted[side]) {
                    session.recordVersion(fromClient, version);
                    recordLeft[side] = length;
                    input.skip(HEADER);
                    return true;
                }
                session.encrypted(fromClient);
            }
            case CHANGE_CIPHER_SPEC -> {
                encrypted[side] = true;
                session.encrypted(fromClient);
            }
            default -> {
                encrypted[side] = true;
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
    private boolean message(final boolean fromClient, final int side, final int type, final int length,
        final StreamInput input) {
        final int wanted = encrypted[side] ? 0 : Math.min(length, type == ALERT ? ALERT_LENGTH : HEARTBEAT_HEADER);
        final Bytes record = input.peek(HEADER + wanted);
        if (record == null) {
            return false;
        }
        if (encrypted[side] || type == ALERT && length != ALERT_LENGTH) {
            session.encrypted(fromClient);
        } else if (type == ALERT) {
            session.recordVersion(fromClient, record.u16(1));
            session.alert(fromClient, record.u8(HEADER));
        } else if (record.u8(HEADER) != 1 && record.u8(HEADER) != 2) {
            flow.event(TlsEvents.HEARTBEAT);
        } else if (HEARTBEAT_HEADER + record.u16(HEADER + 1) > length) {
            flow.event(TlsEvents.HEARTBEAT_OVERFLOW);
        }
        input.skip(HEADER + length);
        return true;
    }

    private void invalid(final int side, final int type, final int version, final StreamInput input) {
        if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) {
            flow.event(TlsEvents.RECORD_TYPE);
        } else if (version >> 8 != 3) {
            flow.event(TlsEvents.RECORD_VERSION);
        } else {
            flow.event(TlsEvents.RECORD_LENGTH);
        }
        giveUp(side, input);
    }

    private void giveUp(final int side, final StreamInput input) {
        toSearch[side] = 0;
        input.skipAll();
        if (input(side != 0).isSkippingAll()) {
            session.end();
        }
    }

    /** Looks for a record's header behind a gap; false if there is none yet. */
    private boolean search(final int side, final StreamInput input) {
        while (toSearch[side] > 0) {
            final Bytes header = input.peek(HEADER);
            if (header == null) {
                return false;
            }
            if (header.u8(2) <= 4 && isHeader(header.u8(0), header.u16(1), header.u16(3))) {
                toSearch[side] = 0;
                return true;
            }
            input.skip(1);
            toSearch[side]--;
        }
        giveUp(side, input);
        return false;
    }

    /** What is left of a record whose length is known is passed over; else the next header is searched for. */
    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        final int side = fromClient ? 0 : 1;
        final boolean known = joiners[side].missing(missing);
        if (missing <= recordLeft[side]) {
            recordLeft[side] -= (int) missing;
            passMessage[side] = !known && recordLeft[side] > 0;
        } else {
            recordLeft[side] = 0;
            toSearch[side] = MAX_SEARCH;
        }
        if (session.isOver()) {
            flow.done();
        }
    }

    @Override
    protected void finished(final boolean fromClient, final StreamInput input) {
        joiners[fromClient ? 0 : 1].cut();
        if (session.isOver()) {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        joiners[0].cut();
        joiners[1].cut();
        session.end();
        joiners[0].reset();
        joiners[1].reset();
    }
}
