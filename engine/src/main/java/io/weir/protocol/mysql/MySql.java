package io.weir.protocol.mysql;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * MySQL and MariaDB: the server greets with protocol version 10, a printable server version and a salt, or refuses
 * with an error.
 */
public final class MySql {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("mysql", "MySQL")
        .tcpPorts(3306)
        .firstByteRange(0x0f, 0xff)
        .tcp(MySql::detect)
        .streamParser(MySqlParser::new)
        .build();

    private static final int LONGEST_VERSION = 80;

    private MySql() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 1 || b.u8(2) > 0 || b.u8(3) > 0) {
            return Answer.NO;
        }
        if (b.length() < 5) {
            return Answer.MORE;
        }
        final int length = b.u24le(0);
        if (b.u8(4) == 0xff) {
            return refusal(probe, length);
        }
        if (b.u8(4) != 10) {
            return Answer.NO;
        }
        final int end = b.indexOf(0, 5);
        final int known = (end < 0 ? b.length() : end) - 5;
        if (known > LONGEST_VERSION || known > 0 && (b.u8(5) < '0' || b.u8(5) > '9') || !b.isPrintable(5, known)) {
            return Answer.NO;
        }
        if (end < 0 || b.length() < end + 14) {
            return Answer.MORE;
        }
        // Behind the version: thread, 8 bytes of salt, and the zero that ends them.
        return known >= 3 && b.indexOf('.', 5) < end && b.u8(end + 13) == 0 && length >= end - 4 + 14
            ? probe.yesFromServer() : Answer.NO;
    }

    /** "Too many connections", "host is blocked" and the like are sent instead of a greeting. */
    private static Answer refusal(final Probe probe, final int length) {
        final Bytes b = probe.now();
        if (b.length() < 16) {
            return Answer.MORE;
        }
        final int code = b.u16le(5);
        return code >= 1000 && code < 5000 && length > 12 && b.isPrintable(7, 9) ? probe.yesFromServer() : Answer.NO;
    }
}
