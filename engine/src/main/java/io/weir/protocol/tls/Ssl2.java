package io.weir.protocol.tls;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;

/**
 * Hellos of SSL 2, in whose form clients up to about 2010 offered later versions too (RFC 5246 appendix E.2): a record
 * header of 16 bits, the first of which is set, and the message.
 */
final class Ssl2 {
    private static final int HEADER = 2;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 4;
    private static final int ERROR = 0;
    private static final int LAST_TYPE = 8;
    private static final int CLIENT_HELLO_HEADER = 9;
    private static final int SERVER_HELLO_HEADER = 11;
    /** Longest server's hello that is waited for. */
    private static final int MAX_LENGTH = 16 * 1024;

    private Ssl2() {
    }

    static boolean mayBegin(final Bytes header) {
        return header.u8(0) >= 0x80;
    }

    /** Whether bytes begin with a hello: of which type is for {@link #isFromServer} to say. */
    static Answer judge(final Bytes bytes) {
        final int type = bytes.u8(HEADER);
        if (bytes.u8(0) >= 0xc0 || type >= 0 && type != CLIENT_HELLO && type != SERVER_HELLO) {
            return Answer.NO;
        }
        final int header = HEADER + (type == SERVER_HELLO ? SERVER_HELLO_HEADER : CLIENT_HELLO_HEADER);
        if (!bytes.has(0, header)) {
            return Answer.MORE;
        }
        final int length = bytes.u16(0) & 0x7fff;
        return (type == CLIENT_HELLO ? isClientHello(bytes, length) : isServerHello(bytes, length))
            ? Answer.YES : Answer.NO;
    }

    private static boolean isClientHello(final Bytes bytes, final int length) {
        final int version = bytes.u16(3);
        final int ciphers = bytes.u16(5);
        final int session = bytes.u16(7);
        final int challenge = bytes.u16(9);
        return (version == 2 || version >= 0x0300 && version <= 0x0303) && ciphers > 0 && ciphers % 3 == 0
            && (session == 0 || session == 16) && challenge >= 16 && challenge <= 32
            && length == CLIENT_HELLO_HEADER + ciphers + session + challenge;
    }

    private static boolean isServerHello(final Bytes bytes, final int length) {
        return bytes.u8(3) <= 1 && bytes.u8(4) <= 1 && bytes.u16(5) == 2 && bytes.u16(9) % 3 == 0
            && bytes.u16(11) <= 32
            && length == SERVER_HELLO_HEADER + bytes.u16(7) + bytes.u16(9) + bytes.u16(11);
    }

    static boolean isFromServer(final Bytes bytes) {
        return bytes.u8(HEADER) == SERVER_HELLO;
    }

    /** Reads a record of SSL 2; false if it is not there yet, or what follows is encrypted. */
    static boolean read(final Session session, final boolean fromClient, final StreamInput input) {
        final Bytes header = input.peek(HEADER + 1);
        final int length = header.u16(0) & 0x7fff;
        final int type = header.u8(HEADER);
        if (type == CLIENT_HELLO || type == SERVER_HELLO && length <= MAX_LENGTH) {
            final Bytes record = input.peek(HEADER + length);
            if (record == null) {
                return false;
            }
            final Answer answer = judge(record);
            if (answer == Answer.YES && type == CLIENT_HELLO) {
                session.clientHelloOfSsl2(fromClient);
            } else if (answer == Answer.YES) {
                session.serverHelloOfSsl2(fromClient, record, HEADER + SERVER_HELLO_HEADER, record.u16(7));
            }
            if (answer == Answer.YES) {
                input.skip(HEADER + length);
                return true;
            }
        }
        if (length == 0) {
            session.flow().event(TlsEvents.SSL2_HEADER);
        } else if (type == ERROR) {
            session.flow().event(TlsEvents.SSL2_ERROR);
        } else if (type == CLIENT_HELLO || type == SERVER_HELLO) {
            session.flow().event(TlsEvents.SSL2_RECORD);
        } else if (type > LAST_TYPE) {
            session.flow().event(TlsEvents.RECORD_TYPE);
        }
        session.encrypted(fromClient);
        input.skipAll();
        return false;
    }
}
