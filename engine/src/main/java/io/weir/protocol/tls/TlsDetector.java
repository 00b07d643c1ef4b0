package io.weir.protocol.tls;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/**
 * Recognises TLS by a hello, from either side; from the middle by an alert, a change of cipher or a chain of records.
 */
final class TlsDetector {
    /** Bytes of a hello that are looked at: type, length and version. */
    private static final int HELLO_BYTES = 6;
    /** Most records over which these are spread. */
    private static final int MAX_RECORDS = 2 * HELLO_BYTES;

    private static final int DATA = 23;
    /** Two bytes and an authentication tag of 16, or a digest and padding. */
    private static final int LEAST_ENCRYPTED_ALERT = 18;
    private static final int MOST_ENCRYPTED_ALERT = 64;

    private TlsDetector() {
    }

    /** Judges the beginning of a stream. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(0);
        if (type >= 0x80) {
            final Answer answer = Ssl2.judge(now);
            return answer == Answer.YES ? turned(probe, Ssl2.isFromServer(now)) : answer;
        }
        final int version = now.u16(1);
        if (now.u8(1) >= 0 && now.u8(1) != 3 || version >= 0 && (version & 0xff) > 4) {
            return Answer.NO;
        }
        if (!now.has(0, TlsParser.HEADER)) {
            return Answer.MORE;
        }
        if (now.u16(3) > TlsParser.MAX_LENGTH) {
            return Answer.NO;
        }
        return switch (type) {
            case TlsParser.HANDSHAKE -> hello(probe, now);
            case TlsParser.ALERT -> alert(probe, now);
            case TlsParser.CHANGE_CIPHER_SPEC -> now.u16(3) != 1 ? Answer.NO : chain(probe, now);
            default -> chain(probe, now);
        };
    }

    private static Answer turned(final Probe probe, final boolean fromServer) {
        return probe.fromClient() == fromServer ? Answer.YES_TURNED : Answer.YES;
    }

    private static Answer hello(final Probe probe, final Bytes now) {
        if (now.u16(3) >= HELLO_BYTES && now.has(TlsParser.HEADER, HELLO_BYTES)) {
            return judge(probe, now, (long) now.u16(TlsParser.HEADER) << 32 | now.u32(TlsParser.HEADER + 2));
        }
        return spreadHello(probe, now);
    }

    /** The first bytes of the message may be spread over several records. */
    private static Answer spreadHello(final Probe probe, final Bytes now) {
        long message = 0;
        int known = 0;
        int at = 0;
        for (int i = 0; i < MAX_RECORDS && known < HELLO_BYTES; i++) {
            if (!now.has(at, TlsParser.HEADER)) {
                return i < MAX_RECORDS - 1 && (known == 0 || mayBeHello(message, known)) ? Answer.MORE : Answer.NO;
            }
            final int length = now.u16(at + 3);
            if (now.u8(at) != TlsParser.HANDSHAKE || now.u8(at + 1) != 3 || length > TlsParser.MAX_LENGTH) {
                return Answer.NO;
            }
            at += TlsParser.HEADER;
            for (int j = 0; j < length && known < HELLO_BYTES; j++) {
                final int value = now.u8(at + j);
                if (value < 0) {
                    return known == 0 || mayBeHello(message, known) ? Answer.MORE : Answer.NO;
                }
                message = message << 8 | value;
                known++;
            }
            at += length;
        }
        return known < HELLO_BYTES ? Answer.NO : judge(probe, now, message);
    }

    /** Judges by the first bytes of a message, {@link #HELLO_BYTES} of them. */
    private static Answer judge(final Probe probe, final Bytes now, final long message) {
        if (mayBeHello(message, HELLO_BYTES)) {
            return turned(probe, message >> 40 == Session.SERVER_HELLO);
        }
        // In the middle of a handshake the server's certificate or the client's keys may come first.
        return probe.isMidStream() ? chain(probe, now) : Answer.NO;
    }

    private static boolean mayBeHello(final long message, final int known) {
        final long bytes = message << 8 * (HELLO_BYTES - known);
        final int type = (int) (bytes >> 40);
        final int length = (int) (bytes >> 16) & 0xffffff;
        final int version = (int) bytes & 0xffff;
        return (type == Session.CLIENT_HELLO || type == Session.SERVER_HELLO)
            && (known < 2 || length < 0x20000)
            && (known < 4 || length >= 38)
            && (known < 5 || version >> 8 == 3 || version >> 8 == 0x7f)
            && (known < 6 || (version & 0xff) <= 4 || version >> 8 == 0x7f);
    }

    /** Level and description, RFC 8446 section 6. */
    private static Answer alert(final Probe probe, final Bytes now) {
        if (now.u16(3) != 2) {
            return chain(probe, now);
        }
        final int level = now.u8(5);
        final int description = now.u8(6);
        if (level == 0 || level > 2 || description > 120) {
            return chain(probe, now);
        }
        return description < 0 ? Answer.MORE : Answer.YES;
    }

    /** The header of a record, and that of the next one where it must be: from one side or the other. */
    private static Answer chain(final Probe probe, final Bytes now) {
        if (probe.isMidStream() && isEncryptedRecord(now)) {
            return Answer.YES;
        }
        final Answer answer = linked(now);
        if (answer != Answer.MORE) {
            return answer;
        }
        // In the middle of a transfer records are long: there the headers of both sides suffice.
        final Bytes other = probe.other();
        return linked(other) == Answer.YES || probe.isMidStream() && isHeader(other, 0) ? Answer.YES : answer;
    }

    /** A record that nothing but its header tells: data, or an alert as long as encryption makes it. */
    private static boolean isEncryptedRecord(final Bytes bytes) {
        final int length = bytes.u16(3);
        return bytes.u8(1) == 3 && bytes.u8(2) >= 1 && bytes.u8(2) <= 3
            && (bytes.u8(0) == TlsParser.ALERT ? length >= LEAST_ENCRYPTED_ALERT && length <= MOST_ENCRYPTED_ALERT
                : bytes.u8(0) == DATA && length >= LEAST_ENCRYPTED_ALERT && length <= TlsParser.MAX_LENGTH);
    }

    private static Answer linked(final Bytes bytes) {
        if (!isHeader(bytes, 0)) {
            return Answer.NO;
        }
        final int next = TlsParser.HEADER + bytes.u16(3);
        return !bytes.has(next, TlsParser.HEADER) ? Answer.MORE : isHeader(bytes, next) ? Answer.YES : Answer.NO;
    }

    private static boolean isHeader(final Bytes bytes, final int at) {
        final int type = bytes.u8(at);
        final int length = bytes.u16(at + 3);
        return type >= TlsParser.CHANGE_CIPHER_SPEC && type <= TlsParser.HEARTBEAT && bytes.u8(at + 1) == 3
            && bytes.u8(at + 2) <= 4 && length > 0 && length <= TlsParser.MAX_LENGTH
            && (type != TlsParser.CHANGE_CIPHER_SPEC || length == 1);
    }
}
