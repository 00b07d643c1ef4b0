package io.weir.protocol.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class Pop3Test {
    private static Talk greeted() {
        return Talk.tcp(110).server("+OK hello\r\n").client("user ann\r\n").server("+OK\r\n");
    }

    @Test
    void shouldPairCommandsWithAnswers() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            final Talk talk = greeted().client("CAPA\r\n").server("+OK list\r\nTOP\r\n..x\r\n.\r\n")
                .client("RETR 1 \r\nPASS\r\n").server("+OK 9 octets\r\nFrom: a\r\n+OK b\r\n.\r\n-ERR no\r\n")
                .segmented(bytes);
            assertEquals("pop3", talk.protocol());
            assertEquals(List.of(
                "\"pop3\":{\"response\":{\"success\":true,\"status\":\"OK\",\"header\":\"hello\"}}",
                "\"pop3\":{\"request\":{\"command\":\"USER\",\"args\":[\"ann\"]},"
                    + "\"response\":{\"success\":true,\"status\":\"OK\",\"header\":\"\"}}",
                "\"pop3\":{\"request\":{\"command\":\"CAPA\"},\"response\":{\"success\":true,\"status\":\"OK\","
                    + "\"header\":\"list\",\"data\":[\"TOP\",\".x\"]}}",
                "\"pop3\":{\"request\":{\"command\":\"RETR\",\"args\":[\"1\"]},\"response\":{\"success\":true,"
                    + "\"status\":\"OK\",\"header\":\"9 octets\"}}",
                "\"pop3\":{\"request\":{\"command\":\"PASS\"},"
                    + "\"response\":{\"success\":false,\"status\":\"ERR\",\"header\":\"no\"}}"), talk.objects());
        }
    }

    @Test
    void shouldNotTakeCredentialsForCommands() {
        final Talk talk = greeted().client("AUTH PLAIN\r\n").server("+ \r\n").client("AGEAYg==\r\n")
            .server("+OK in\r\n");
        assertEquals("\"pop3\":{\"request\":{\"command\":\"<SASL DATA>\"},\"response\":{\"success\":true,"
            + "\"status\":\"OK\",\"header\":\"in\"}}", talk.objects().get(3));
    }

    @Test
    void shouldHandOverAfterStls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = Talk.tcp(110).server("+OK hello\r\n").client("STLS\r\n").server("+OK go\r\n")
                .client("SSH-2.0-inner\r\n").segmented(bytes);
            assertEquals(List.of("pop3", "ssh"), talk.protocols());
        }
    }

    @Test
    void shouldRecordWhatStayedHalf() {
        final Talk talk = greeted().gap(false, 10).client("LIST\r\n").server("+OK two\r\n1 10\r\n");
        assertEquals("\"pop3\":{\"request\":{\"command\":\"LIST\"},\"response\":{\"success\":true,\"status\":\"OK\","
            + "\"header\":\"two\",\"data\":[\"1 10\"]}}", talk.objects().get(2));
        assertEquals(0, talk.faults());
    }

    @Test
    void shouldTellItFromOthers() {
        assertEquals("pop3", Talk.tcp(9).server("+OK POP3 ready\r\n").segmented(1).protocol());
        assertEquals("pop3", Talk.tcp(9).client("CAPA\r\n").server("+OK\r\n").segmented(1).protocol());
        assertNotEquals("pop3", Talk.tcp(110).server("+OK\r\n").protocol());
        assertNotEquals("pop3", Talk.tcp(110).client("USER x\r\n").server("331 y\r\n").protocol());
        assertTrue(Talk.tcp(110).server("+OKAY POP\r\n").records().isEmpty());
    }
}
