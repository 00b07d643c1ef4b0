package io.weir.protocol.graphite;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Graphite's lines on their port: a name with dots or tags, a number, and a time in seconds. */
public final class Graphite {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("graphite", "Graphite")
        .tcpPorts(2003)
        .udpPorts(2003)
        .onlyOnUdpPorts()
        .tcp(Graphite::detect)
        .udp(Graphite::detect)
        .build();

    private static final int PORT = 2003;
    private static final int LONGEST = 512;
    private static final long EARLIEST = 100_000_000L;

    private Graphite() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int end = b.indexOf('\n', 0);
        if (!probe.onPort(PORT)) {
            return Answer.NO;
        }
        if (end < 0) {
            return !probe.isUdp() && b.length() < LONGEST && b.isPrintable(0, b.length()) ? Answer.MORE : Answer.NO;
        }
        final int name = b.indexOf(' ', 0, end);
        final int value = name < 0 ? -1 : b.indexOf(' ', name + 1, end);
        final int last = b.u8(end - 1) == '\r' ? end - 1 : end;
        return value > 0 && b.isPrintable(0, value) && (b.indexOf('.', 0, name) > 0 || b.indexOf(';', 0, name) > 0)
            && isNumber(b, name + 1, value) && (b.decimal(value + 1, last) > EARLIEST
                || last - value == 3 && b.u8(value + 1) == '-') ? probe.yesFromClient() : Answer.NO;
    }

    private static boolean isNumber(final Bytes b, final int from, final int to) {
        boolean digits = false;
        for (int i = from; i < to; i++) {
            final int value = b.u8(i);
            digits |= value >= '0' && value <= '9';
            if ((value < '0' || value > '9') && value != '.' && value != '-' && value != '+' && value != 'e') {
                return false;
            }
        }
        return digits;
    }
}
