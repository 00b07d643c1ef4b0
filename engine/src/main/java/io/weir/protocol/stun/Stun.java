package io.weir.protocol.stun;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** STUN, TURN and ICE: RFC 8489, RFC 8656, RFC 8445, and RFC 3489, which had no cookie yet. */
public final class Stun {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("stun", "STUN")
        .udpPorts(3478, 3479, 3480, 3481, 19302, 5349).tcpPorts(3478, 5349)
        .firstByteRange(0x00, 0x03)
        .udp(Stun::detectDatagram)
        .tcp(Stun::detectStream)
        .datagramParser(StunParser::new)
        .streamParser(StunStreamParser::new)
        .fields(StunWords.all())
        .records(StunWords.RECORD)
        .build();

    /** Bytes in front of the attributes. */
    static final int HEADER = 20;
    static final long COOKIE = 0x2112_a442L;

    private static final int BINDING_REQUEST = 1;
    private static final int RESPONSE_BIT = 0x100;
    private static final int CHANGE_REQUEST = 3;
    /** Change of address and of port. */
    private static final int MAX_CHANGE = 6;
    /** Longest request with an attribute that is not known. */
    private static final int MAX_REPEATED = 64;
    private static final int LAST_CLASSIC = 0x0f;
    /** Longest message that is believed on TCP. */
    private static final int MAX_STREAM = 1500;

    private Stun() {
    }

    private static Answer detectDatagram(final Probe probe) {
        final Bytes now = probe.now();
        final boolean modern = isMessage(now, 0, now.u16(2) + HEADER) && now.u16(2) + HEADER <= probe.announced();
        if (!modern && !isClassic(probe, now)) {
            return isClassicRequest(now, probe.announced()) ? repeated(probe, now) : Answer.NO;
        }
        return isResponse(now) && probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }

    /** Straight on TCP, or behind a length of 16 bits (RFC 6544, RFC 4571). */
    private static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        final Answer plain = judgeStream(now, 0, now.u16(2) + HEADER);
        if (plain != Answer.NO) {
            return plain;
        }
        final int framed = now.u16(0);
        return framed >= HEADER && framed <= MAX_STREAM ? judgeStream(now, 2, framed) : Answer.NO;
    }

    private static Answer judgeStream(final Bytes now, final int at, final int length) {
        if (now.has(at, 8)) {
            return length <= MAX_STREAM && now.u16(at + 2) + HEADER == length && now.u16(at) < 0x4000
                && (length & 3) == 0 && now.u32(at + 4) == COOKIE ? Answer.YES : Answer.NO;
        }
        final int known = now.length() - at;
        if (known >= 1 && now.u8(at) > 3 || known >= 4 && (now.u16(at + 2) + HEADER != length || (length & 3) != 0)) {
            return Answer.NO;
        }
        for (int i = 4; i < known; i++) {
            if (now.u8(at + i) != (int) (COOKIE >> 8 * (7 - i) & 0xff)) {
                return Answer.NO;
            }
        }
        return Answer.MORE;
    }

    /** True if a message with the cookie fills these bytes. */
    static boolean isMessage(final Bytes bytes, final int at, final int length) {
        return bytes.u16(at) >= 0 && bytes.u16(at) < 0x4000 && bytes.u32(at + 4) == COOKIE
            && bytes.u16(at + 2) + HEADER == length && (length & 3) == 0;
    }

    static boolean isResponse(final Bytes now) {
        return (now.u16(0) & RESPONSE_BIT) != 0;
    }

    private static boolean isClassicRequest(final Bytes now, final int length) {
        return now.u16(0) == BINDING_REQUEST && now.u16(2) + HEADER == length && (length == HEADER
            || length <= MAX_REPEATED && now.u16(HEADER + 2) + HEADER + 4 == length);
    }

    /** Without a known attribute it is only a type and random bytes: it must have been sent before, on a usual port. */
    private static Answer repeated(final Probe probe, final Bytes now) {
        final Bytes before = probe.before();
        final boolean same = before.length() == now.length() && before.u64(0) == now.u64(0)
            && before.u64(8) == now.u64(8) && before.u32(16) == now.u32(16);
        return same && (probe.onPort(3478) || probe.onPort(3479)) ? Answer.YES : Answer.MORE;
    }

    /** RFC 3489: types and attributes of that time alone, filling the message, and an answer that tells an address. */
    private static boolean isClassic(final Probe probe, final Bytes now) {
        final int type = now.u16(0);
        final int length = probe.announced();
        if (type != 0x0001 && type != 0x0101 && type != 0x0111 || now.u16(2) + HEADER != length || length == HEADER) {
            return false;
        }
        boolean address = false;
        int at = HEADER;
        while (at < length) {
            final int attribute = now.u16(at);
            final int size = now.u16(at + 2);
            if (size < 0 || attribute == 0 || attribute > LAST_CLASSIC && attribute < 0x8000 && attribute != 0x20) {
                return false;
            }
            if (attribute == CHANGE_REQUEST && size != 4 || isAddress(attribute) && !addressFits(now, at, size)) {
                return false;
            }
            address |= isAddress(attribute) || attribute == CHANGE_REQUEST && now.u32(at + 4) <= MAX_CHANGE;
            at += 4 + size;
        }
        return at == length && (address || answers(probe, now));
    }

    private static boolean isAddress(final int attribute) {
        return attribute == 1 || attribute == 2 || attribute == 4 || attribute == 5 || attribute == 0x0b;
    }

    private static boolean addressFits(final Bytes now, final int at, final int size) {
        return size == 8 && now.u16(at + 4) == 1 || size == 20 && now.u16(at + 4) == 2;
    }

    private static boolean answers(final Probe probe, final Bytes now) {
        final Bytes other = probe.other();
        return isResponse(now) && other.length() >= HEADER && other.u16(0) == BINDING_REQUEST
            && other.u64(4) == now.u64(4) && other.u64(12) == now.u64(12);
    }
}
