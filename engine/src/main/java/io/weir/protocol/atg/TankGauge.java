package io.weir.protocol.atg;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Gauges of tanks, as at filling stations: a control character, and a code of a letter and five digits. */
public final class TankGauge {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("atg", "Automatic Tank Gauge")
        .tcpPorts(10001)
        .firstBytes(1)
        .tcp(TankGauge::detect)
        .build();

    private static final int DIGITS = 5;

    private TankGauge() {
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    /** The gauge says the code again, behind the ends of lines if it answers for people. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        int at = 1;
        while (at < 5 && (now.u8(at) == '\r' || now.u8(at) == '\n')) {
            at++;
        }
        final int letter = now.u8(at);
        if (letter >= 0 && letter != 'I' && letter != 'i' && letter != 'S' && letter != 's') {
            return Answer.NO;
        }
        for (int i = 1; i <= DIGITS; i++) {
            if (now.has(at + i, 1) && !isDigit(now.u8(at + i))) {
                return Answer.NO;
            }
        }
        return !now.has(at, DIGITS + 1) ? Answer.MORE : at > 1 || isDigit(now.u8(at + DIGITS + 1))
            ? probe.yesFromServer() : probe.yesFromClient();
    }
}
