package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import org.junit.jupiter.api.Test;

/** What is reported where both sides of a connection speak different protocols. */
final class MismatchTest {
    private static final String REQUEST = "GET / HTTP/1.0\r\n\r\n";

    private static long mismatches(final Talk talk) {
        return talk.records().stream().filter(line -> line
            .contains("\"event\":\"APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS\",\"layer\":\"proto_detect\""))
            .count();
    }

    @Test
    void shouldReportAnAnswerInAnotherProtocolOnce() {
        assertEquals(1, mismatches(Talk.tcp(22).client(REQUEST).server("SSH-2.0-OpenSSH_9.6\r\n")
            .server("SSH-2.0-OpenSSH_9.6\r\n")));
        assertEquals(1, mismatches(Talk.tcp(25).server("220 a ESMTP\r\n").client(REQUEST)));
    }

    @Test
    void shouldReportNothingOfAnAnswerThatMayBeAnything() {
        assertEquals(0, mismatches(Talk.tcp(80).client(REQUEST).server("HTTP/1.0 200 OK\r\n\r\n")));
        assertEquals(0, mismatches(Talk.tcp(80).client(REQUEST).server("<html>nothing known</html>")));
        assertEquals(0, mismatches(Talk.tcp(80).client("CONNECT a:22 HTTP/1.0\r\n\r\n")
            .server("HTTP/1.0 200 OK\r\n\r\n").server("SSH-2.0-OpenSSH_9.6\r\n")));
    }
}
