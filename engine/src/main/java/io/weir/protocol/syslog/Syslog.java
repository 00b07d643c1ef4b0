package io.weir.protocol.syslog;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Messages of systems to their log (RFC 3164, 5424, 6587). */
public final class Syslog {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("syslog", "Syslog")
        .tcpPorts(514, 601).udpPorts(514)
        .firstBytes("<123456789")
        .tcp(Syslog::detectStream)
        .udp(probe -> message(probe.now(), 0, probe.onPort(514)) == Answer.YES ? Answer.YES : Answer.NO)
        .build();

    private static final int MAX_PRIORITY = 191;
    private static final byte[] MONTHS =
        "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);

    private Syslog() {
    }

    /** Recognises a message, perhaps with its length in front. */
    static Answer detectStream(final Probe probe) {
        final Bytes now = probe.now();
        int at = 0;
        while (at < 6 && now.u8(at) >= '0' && now.u8(at) <= '9') {
            at++;
        }
        if (at > 0) {
            if (at == 6 || now.u8(at) >= 0 && now.u8(at) != ' ') {
                return Answer.NO;
            }
            at++;
        }
        return message(now, at, false);
    }

    /** Priority up to 191, then a version, a year or a month; on the usual port any text. */
    private static Answer message(final Bytes now, final int from, final boolean usual) {
        if (!now.has(from, 1)) {
            return Answer.MORE;
        }
        int at = from + 1;
        int priority = 0;
        while (at < from + 4 && now.u8(at) >= '0' && now.u8(at) <= '9') {
            priority = priority * 10 + now.u8(at++) - '0';
        }
        if (now.u8(from) != '<' || priority > MAX_PRIORITY
            || now.u8(at) >= 0 && (at == from + 1 || now.u8(at) != '>')) {
            return Answer.NO;
        }
        at++;
        if (usual && now.isPrintable(at, Math.min(24, now.length() - at)) && now.length() - at >= 8) {
            return Answer.YES;
        }
        if (!now.has(at, 4)) {
            return at >= now.length() || now.isPrintable(at, now.length() - at) ? Answer.MORE : Answer.NO;
        }
        final boolean version = now.u16(at) == ('1' << 8 | ' ') && (isDigit(now, at + 2) || now.u8(at + 2) == '-');
        return version || now.u8(at + 3) == ' ' && isMonth(now, at) || isYear(now, at) ? Answer.YES : Answer.NO;
    }

    private static boolean isYear(final Bytes now, final int at) {
        return now.u16(at) == ('2' << 8 | '0') && isDigit(now, at + 2) && isDigit(now, at + 3);
    }

    private static boolean isDigit(final Bytes now, final int at) {
        return now.u8(at) >= '0' && now.u8(at) <= '9';
    }

    private static boolean isMonth(final Bytes now, final int at) {
        for (int i = 0; i < MONTHS.length; i += 3) {
            if (now.u8(at) == MONTHS[i] && now.u8(at + 1) == MONTHS[i + 1] && now.u8(at + 2) == MONTHS[i + 2]) {
                return true;
            }
        }
        return false;
    }
}
