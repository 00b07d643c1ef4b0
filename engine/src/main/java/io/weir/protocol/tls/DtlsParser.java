package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;

/**
 * Reads the records of a flow, RFC 6347 section 4.1: type (8 bits), version (16), epoch (16), sequence (48), length
 * (16), content; all of one datagram. What has a later epoch than 0 is encrypted.
 */
final class DtlsParser extends DatagramParser {
    static final int HEADER = 13;
    static final int MESSAGE_HEADER = 12;
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    /** Record with a connection id behind the sequence, RFC 9146. */
    static final int CONNECTION_ID = 25;
    static final int LAST_TYPE = 26;
    static final int HELLO_VERIFY_REQUEST = 3;

    private static final int MAX_RECORDS = 64;
    private static final int MAX_CONNECTION_ID = 20;
    /** What is encrypted holds its type at least, RFC 9146 section 4, and the shortest tag, of AES_CCM_8. */
    private static final int LEAST_CIPHERTEXT = 9;

    private final Session session = new Session();
    private final FragmentJoiner[] joiners =
        {new FragmentJoiner(session, true), new FragmentJoiner(session, false)};
    private final Bytes fragment = new Bytes();

    @Override
    protected void begun() {
        session.begin(flow, true);
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        int at = 0;
        for (int i = 0; i < MAX_RECORDS && at < payload.length() && !session.isOver(); i++) {
            if (!isHeader(payload, at)) {
                if (payload.u8(at) >> 5 == 1) {
                    session.encrypted(fromClient);
                }
                break;
            }
            final int length = payload.u16(at + 11);
            final int type = payload.u8(at);
            if (payload.u16(at + 3) > 0 || type == CHANGE_CIPHER_SPEC) {
                session.encrypted(fromClient);
            } else if (type == HANDSHAKE) {
                session.recordVersion(fromClient, payload.u16(at + 1));
                messages(fromClient, payload, at + HEADER, Math.min(at + HEADER + length, payload.length()));
            } else if (type == ALERT && length == 2) {
                session.recordVersion(fromClient, payload.u16(at + 1));
                session.alert(fromClient, payload.u8(at + HEADER));
            }
            at += recordLength(payload, at, payload.length() - at);
        }
        if (session.isOver()) {
            flow.done();
        }
    }

    private void messages(final boolean fromClient, final Bytes payload, final int from, final int to) {
        int at = from;
        while (at + MESSAGE_HEADER <= to && !session.isOver()) {
            final int whole = payload.u24(at + 1);
            final int offset = payload.u24(at + 6);
            final int announced = payload.u24(at + 9);
            if (offset + announced > whole) {
                flow.event(TlsEvents.HANDSHAKE_LENGTH);
                return;
            }
            final int there = Math.min(announced, to - at - MESSAGE_HEADER);
            joiners[fromClient ? 0 : 1].add(payload.u8(at), payload.u16(at + 4),
                fragment.wrap(payload, at + MESSAGE_HEADER, there), offset, whole);
            at += MESSAGE_HEADER + announced;
        }
    }

    /** True if a record may begin here. */
    static boolean isHeader(final Bytes bytes, final int at) {
        final int type = bytes.u8(at);
        final int version = bytes.u16(at + 1);
        return type >= CHANGE_CIPHER_SPEC && type <= LAST_TYPE && bytes.has(at, HEADER)
            && (version == 0xfeff || version == 0xfefd || version == 0x0100 && type <= APPLICATION_DATA);
    }

    /**
     * Bytes of the record that begins here. The length of a connection id is known to its peers alone: it is the one
     * with which the record ends where the datagram does. An empty one is not sent in such records.
     */
    static int recordLength(final Bytes bytes, final int at, final int available) {
        if (bytes.u8(at) == CONNECTION_ID) {
            final int longest = Math.min(MAX_CONNECTION_ID, available - HEADER - LEAST_CIPHERTEXT);
            for (int id = 1; id <= longest; id++) {
                if (bytes.u16(at + 11 + id) == available - HEADER - id) {
                    return available;
                }
            }
            return Integer.MAX_VALUE / 2;
        }
        return HEADER + bytes.u16(at + 11);
    }

    @Override
    public void end() {
        joiners[0].cut();
        joiners[1].cut();
        session.end();
    }
}
