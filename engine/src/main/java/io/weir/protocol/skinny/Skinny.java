package io.weir.protocol.skinny;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Skinny Client Control Protocol (Cisco): little-endian length, version and message identifier. On other ports a phone
 * must register, or tell an alarm, under its name.
 */
public final class Skinny {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("skinny", "Skinny Client Control Protocol").tcpPorts(2000)
        .tcp(Skinny::detect).build();

    private static final int LONGEST = 4096;
    private static final int LAST_VERSION = 0x16;
    private static final int HEADER = 12;
    private static final int REGISTER = 1;
    private static final int ALARM = 0x20;
    private static final int LONGEST_OF_NAMES = 1_024;
    private static final int LEAST_REGISTER = 36;
    private static final int LEAST_ALARM = 88;
    private static final int LONGEST_NAME = 16;
    private static final int SHORTEST_NAME = 6;
    private static final byte[] NAME = "Name=".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST_OF_PHONE = 0x60;
    private static final int FIRST_OF_SERVER = 0x81;
    private static final int LAST_OF_SERVER = 0x160;

    private Skinny() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final long length = now.u32le(0);
        final long version = now.u32le(4);
        if (length >= 0 && (length < 4 || length > LONGEST) || version > LAST_VERSION || version > 0 && version < 10) {
            return Answer.NO;
        }
        final long message = now.u32le(8);
        if (message < 0) {
            return Answer.MORE;
        }
        if (message > LAST_OF_SERVER || message > LAST_OF_PHONE && message < FIRST_OF_SERVER) {
            return Answer.NO;
        }
        return probe.onPort(2000) ? Answer.YES : names(probe, (int) length, message);
    }

    /** The name of a phone is text in 16 bytes, that of an alarm stands in its text. */
    private static Answer names(final Probe probe, final int length, final long message) {
        final Bytes now = probe.now();
        final boolean alarm = message == ALARM;
        if (!alarm && message != REGISTER || length < (alarm ? LEAST_ALARM : LEAST_REGISTER)
            || length > LONGEST_OF_NAMES) {
            return Answer.NO;
        }
        if (!now.has(HEADER, length - 4)) {
            return Answer.MORE;
        }
        if (alarm) {
            final int text = now.indexOf(NAME, HEADER);
            return text > 0 && text < HEADER + length ? probe.yesFromClient() : Answer.NO;
        }
        int end = HEADER;
        while (end < HEADER + LONGEST_NAME && now.u8(end) != 0) {
            end++;
        }
        boolean filled = end - HEADER >= SHORTEST_NAME && now.isPrintable(HEADER, end - HEADER);
        for (int i = end; i < HEADER + LONGEST_NAME; i++) {
            filled &= now.u8(i) == 0;
        }
        return filled ? probe.yesFromClient() : Answer.NO;
    }
}
