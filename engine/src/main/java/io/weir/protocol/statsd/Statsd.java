package io.weir.protocol.statsd;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Counters of applications. */
public final class Statsd {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("statsd", "StatsD")
        .udpPorts(8125)
        .onlyOnUdpPorts()
        .udp(Statsd::detect)
        .build();

    private Statsd() {
    }

    /** Recognises text like {@code name:1|c} on the usual port. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(8125)) {
            return Answer.NO;
        }
        final int colon = now.indexOf(':', 0);
        final int bar = now.indexOf('|', Math.max(0, colon));
        if (colon < 1 || bar < colon + 2 || bar > 256 || !now.isPrintable(0, bar)) {
            return Answer.NO;
        }
        for (int i = colon + 1; i < bar; i++) {
            final int value = now.u8(i);
            if ((value < '0' || value > '9') && value != '.' && value != '-' && value != '+' && value != 'e') {
                return Answer.NO;
            }
        }
        final int kind = now.u8(bar + 1);
        return kind == 'c' || kind == 'g' || kind == 'm' || kind == 'h' || kind == 's' || kind == 'd' ? Answer.YES
            : Answer.NO;
    }
}
