package io.weir.protocol.graphite;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Graphite's lines: a name with dots or tags, a number, and a time in seconds. */
public final class Graphite {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("graphite", "Graphite")
        .tcpPorts(2003)
        .udpPorts(2003)
        .firstByteRange(' ', '~')
        .tcp(Graphite::detect)
        .udp(Graphite::detect)
        .build();

    private static final int PORT = 2003;
    private static final int LONGEST = 512;
    private static final long EARLIEST = 100_000_000L;
    /** On other ports, where a time has ten digits: since 2001. */
    private static final int DIGITS = 10;
    private static final boolean[] NAME =
        Bytes.setOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-;=%:~/@");

    private Graphite() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (!probe.onPort(PORT)) {
            return elsewhere(probe);
        }
        final int end = b.indexOf('\n', 0);
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

    /** The first line is judged as far as it came: a word with dots in it, a number, ten digits and the end. */
    private static Answer elsewhere(final Probe probe) {
        final Bytes b = probe.now();
        final int length = Math.min(b.length(), LONGEST);
        int name = 0;
        boolean parts = false;
        while (name < length && NAME[b.u8(name)]) {
            parts |= name > 0 && (b.u8(name) == '.' || b.u8(name) == ';');
            name++;
        }
        if (name == length) {
            return more(probe, length);
        }
        if (!parts || b.u8(name) != ' ') {
            return Answer.NO;
        }
        int value = name + 1;
        while (value < length && isOfNumber(b.u8(value))) {
            value++;
        }
        if (value == length) {
            return more(probe, length);
        }
        if (b.u8(value) != ' ' || !isNumber(b, name + 1, value)) {
            return Answer.NO;
        }
        int time = value + 1;
        while (time < length && b.u8(time) >= '0' && b.u8(time) <= '9') {
            time++;
        }
        if (time == length) {
            return time - value - 1 <= DIGITS ? more(probe, length) : Answer.NO;
        }
        return time - value - 1 == DIGITS && (b.u8(time) == '\n' || b.u8(time) == '\r')
            ? probe.yesFromClient() : Answer.NO;
    }

    private static Answer more(final Probe probe, final int length) {
        return probe.isUdp() || length == LONGEST ? Answer.NO : Answer.MORE;
    }

    private static boolean isNumber(final Bytes b, final int from, final int to) {
        boolean digits = false;
        for (int i = from; i < to; i++) {
            final int value = b.u8(i);
            digits |= value >= '0' && value <= '9';
            if (!isOfNumber(value)) {
                return false;
            }
        }
        return digits;
    }

    private static boolean isOfNumber(final int value) {
        return value >= '0' && value <= '9' || value == '.' || value == '-' || value == '+' || value == 'e';
    }
}
