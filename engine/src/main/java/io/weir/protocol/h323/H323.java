package io.weir.protocol.h323;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** H.323: call signalling (H.225.0 in Q.931), control (H.245), both in TPKT (RFC 1006), and RAS over UDP. */
public final class H323 {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("h323", "H.323").tcpPorts(1720).udpPorts(1718, 1719)
        .firstByteRange(0, 0x7f).tcp(H323::detect).udp(H323::detectRas).build();

    /** H.225.0 (0.0.8.2250.0) and H.245 (0.0.8.245.0) as ASN.1 writes their identifiers. */
    private static final byte[] H225 = {6, 0, 8, (byte) 0x91, 0x4a, 0};
    private static final byte[] H245 = {6, 0, 8, (byte) 0x81, 0x75, 0};
    /** Behind TPKT, the choices of a request and of an open terminal capability set. */
    private static final int H245_AT = 7;
    private static final int TPKT = 3;
    private static final int Q931 = 8;
    /** Messages of Q.931 that set up, answer and end calls, a bit each. */
    private static final long CALL_MESSAGES = 1L << 0x01 | 1L << 0x02 | 1L << 0x03 | 1L << 0x05 | 1L << 0x07
        | 1L << 0x0d | 1L << 0x0f;
    private static final int RELEASE_COMPLETE = 0x5a;
    private static final int FACILITY = 0x62;
    private static final int INFORMATION = 0x7b;
    private static final int STATUS = 0x7d;
    private static final int USER_USER = 0x7e;
    private static final int BEARER = 4;

    private H323() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(2);
        if (now.u8(0) != TPKT || now.u8(1) > 0 || length >= 0 && length < 9) {
            return Answer.NO;
        }
        if (now.length() < 12) {
            return now.u8(4) < 0 || now.u8(4) == Q931 || now.u8(4) == 2 ? Answer.MORE : Answer.NO;
        }
        if (now.u8(4) == Q931) {
            return isCall(now, length) ? Answer.YES : Answer.NO;
        }
        return now.u8(4) != 2 ? Answer.NO : now.length() < H245_AT + H245.length ? Answer.MORE
            : now.matches(H245_AT, H245) ? Answer.YES : Answer.NO;
    }

    private static boolean isCall(final Bytes now, final int length) {
        final int reference = now.u8(5);
        final int type = now.u8(6 + reference);
        final boolean known = type >= 0 && type < 16 && (CALL_MESSAGES >>> type & 1) != 0 || type == RELEASE_COMPLETE
            || type == FACILITY || type == INFORMATION || type == STATUS;
        final int element = now.u8(7 + reference);
        return reference == 2 && known && length < 8192 && (element == BEARER || element == USER_USER
            || element == 0x08 || element == 0x28 || element == 0x1c || element == 0x1e || element == 0x34
            || element == 0x6c || element == 0x70);
    }

    static Answer detectRas(final Probe probe) {
        final Bytes now = probe.now();
        final int at = now.indexOf(H225, 1);
        return at >= 1 && at <= 8 && now.u8(0) < 0x80 ? Answer.YES : Answer.NO;
    }
}
