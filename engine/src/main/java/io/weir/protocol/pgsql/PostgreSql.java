package io.weir.protocol.pgsql;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * PostgreSQL, protocol version 3: a startup message with parameters, or the request for encryption or cancellation that
 * may stand in its place; in the middle of a connection the server's typed messages.
 */
public final class PostgreSql {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("pgsql", "PostgreSQL")
        .tcpPorts(5432)
        .firstBytes(0)
        .firstBytes("RE")
        .tcp(PostgreSql::detect)
        .streamParser(PostgreSqlParser::new)
        .build();

    static final long SSL = 80877103;
    static final long GSS = 80877104;
    static final long CANCEL = 80877102;
    static final int LONGEST_STARTUP = 10_000;

    private static final byte[] SEVERITY = "SFATAL\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "SERROR\0".getBytes(StandardCharsets.US_ASCII);

    private PostgreSql() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0) {
            return answer(probe);
        }
        if (b.u8(1) > 0 || b.u8(2) > LONGEST_STARTUP >> 8 || b.u8(4) > 4) {
            return Answer.NO;
        }
        if (b.length() < 8) {
            return Answer.MORE;
        }
        final long length = b.u32(0);
        final long code = b.u32(4);
        if (code == SSL || code == GSS || code == CANCEL) {
            return length == (code == CANCEL ? 16 : 8) ? probe.yesFromClient() : Answer.NO;
        }
        if (code >> 16 != 3 || code > 0x3_0002 || length < 14 || length > LONGEST_STARTUP) {
            return Answer.NO;
        }
        // Parameters are pairs of strings; "user" is one of them, and often the first.
        if (b.length() < 12) {
            return Answer.MORE;
        }
        return b.isPrintable(8, 4) ? probe.yesFromClient() : Answer.NO;
    }

    /** Authentication with a known kind, or an error whose first field is the severity. */
    private static Answer answer(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) > 0 || b.u8(2) > 0) {
            return Answer.NO;
        }
        if (b.length() < 14) {
            return Answer.MORE;
        }
        final long length = b.u32(1);
        if (b.u8(0) == 'E') {
            return b.matches(5, SEVERITY) || b.matches(5, ERROR) ? probe.yesFromServer() : Answer.NO;
        }
        final long kind = b.u32(5);
        return kind <= 12 && (length == 8 && b.u8(9) == 'S' && b.u8(10) == 0 || length == 12 && kind == 5
            || length > 12 && kind >= 10 && b.isPrintable(9, 5)) ? probe.yesFromServer() : Answer.NO;
    }
}
