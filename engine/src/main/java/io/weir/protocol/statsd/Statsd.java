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
        .firstByteRange(' ', '~')
        .udp(Statsd::detect)
        .build();

    private static final int LONGEST = 256;
    private static final int SHORTEST_NAME = 3;
    private static final boolean[] NAME =
        Bytes.setOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/");

    private Statsd() {
    }

    /**
     * Recognises text like {@code name:1|c}. On other ports the name is a word of letters, digits and what joins them,
     * and the line ends behind the kind, or tells a rate or tags.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int colon = nameEnd(now, probe.onPort(8125));
        final int bar = colon < 0 ? -1 : now.indexOf('|', colon, Math.min(now.length(), LONGEST));
        if (bar < colon + 2 || !now.isPrintable(0, bar)) {
            return Answer.NO;
        }
        for (int i = colon + 1; i < bar; i++) {
            final int value = now.u8(i);
            if ((value < '0' || value > '9') && value != '.' && value != '-' && value != '+' && value != 'e') {
                return Answer.NO;
            }
        }
        final int kind = now.u8(bar + 1);
        final boolean known = kind == 'c' || kind == 'g' || kind == 'm' || kind == 'h' || kind == 's' || kind == 'd';
        return known && (probe.onPort(8125) || isEnd(now, bar + 1)) ? Answer.YES : Answer.NO;
    }

    private static int nameEnd(final Bytes now, final boolean usual) {
        int end = 0;
        while (end < LONGEST && (usual ? now.u8(end) >= 0 && now.u8(end) != ':' : isOfName(now.u8(end)))) {
            end++;
        }
        final boolean named = usual ? end > 0 : end >= SHORTEST_NAME && !isDigit(now.u8(0));
        return named && now.u8(end) == ':' ? end : -1;
    }

    private static boolean isOfName(final int value) {
        return value >= 0 && NAME[value];
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }

    /** Kinds have one letter, but for {@code ms}; the line ends there, or more follows behind a bar. */
    private static boolean isEnd(final Bytes now, final int kind) {
        final int at = now.u16(kind) == 0x6d73 ? kind + 2 : kind + 1;
        final int next = now.u8(at);
        return next == '\n' || at == now.length() || next == '|' && (now.u8(at + 1) == '@' || now.u8(at + 1) == '#');
    }
}
