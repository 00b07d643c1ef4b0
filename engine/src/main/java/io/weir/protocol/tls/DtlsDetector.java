package io.weir.protocol.tls;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/** Recognises DTLS by a datagram that is records from its first to its last byte. */
final class DtlsDetector {
    private static final int MAX_RECORDS = 32;

    private DtlsDetector() {
    }

    /** Judges a datagram. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = Math.max(now.length(), probe.announced());
        if (!isFirstRecord(now, length)) {
            return Answer.NO;
        }
        int at = 0;
        for (int i = 0; i < MAX_RECORDS && at < now.length(); i++) {
            if (!DtlsParser.isHeader(now, at)) {
                // What is encrypted in version 1.3 has another header, RFC 9147 section 4.
                return i > 0 && now.u8(at) >> 5 == 1 ? turned(probe) : Answer.NO;
            }
            at += DtlsParser.recordLength(now, at, length - at);
            if (at > length) {
                return Answer.NO;
            }
        }
        return at >= Math.min(length, now.length()) ? turned(probe) : Answer.NO;
    }

    /**
     * What can be read must be a handshake message, an alert or a change of cipher; else the epoch must be a later one.
     */
    private static boolean isFirstRecord(final Bytes now, final int length) {
        if (!DtlsParser.isHeader(now, 0)) {
            return false;
        }
        final int type = now.u8(0);
        final int epoch = now.u16(3);
        if (type == DtlsParser.CONNECTION_ID) {
            return epoch > 0 && epoch < 16 && DtlsParser.recordLength(now, 0, length) <= length;
        }
        if (epoch > 0) {
            return epoch < 16 && now.u16(11) > 8;
        }
        return switch (type) {
            case DtlsParser.HANDSHAKE -> isHandshake(now);
            case DtlsParser.ALERT -> now.u16(11) == 2 && now.u8(13) >= 1 && now.u8(13) <= 2;
            case DtlsParser.CHANGE_CIPHER_SPEC -> now.u16(11) == 1 && now.u8(13) == 1;
            default -> false;
        };
    }

    private static boolean isHandshake(final Bytes now) {
        final int at = DtlsParser.HEADER;
        final int type = now.u8(at);
        final int length = now.u24(at + 1);
        final int fragment = now.u24(at + 6);
        final int fragmentLength = now.u24(at + 9);
        return type >= 0 && type <= 24 && fragmentLength >= 0 && fragment + fragmentLength <= length
            && fragmentLength + DtlsParser.MESSAGE_HEADER <= now.u16(11) && length < 0x20000;
    }

    private static Answer turned(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != DtlsParser.HANDSHAKE || now.u16(3) != 0) {
            return Answer.YES;
        }
        final int type = now.u8(DtlsParser.HEADER);
        final boolean fromServer = type == Session.SERVER_HELLO || type == DtlsParser.HELLO_VERIFY_REQUEST;
        final boolean fromClient = type == Session.CLIENT_HELLO;
        return probe.fromClient() ? fromServer ? Answer.YES_TURNED : Answer.YES
            : fromClient ? Answer.YES_TURNED : Answer.YES;
    }

}
