package io.weir.protocol.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImapTest {
    private static final String GREETING = exchange("\"response\":{\"success\":true,\"status\":\"OK\","
        + "\"header\":\"hello\"}");

    private static String exchange(final String members) {
        return "\"weir\":{\"imap\":{" + members + "}}";
    }

    private static String answered(final String request, final String response) {
        return exchange("\"request\":{" + request + "},\"response\":{" + response + "}");
    }

    /** The records of a session behind its greeting, which must not depend on how it is cut. */
    private static List<String> told(final Talk talk) {
        final List<String> whole = talk.objects();
        assertEquals(GREETING, whole.get(0));
        for (int bytes = 1; bytes < 30; bytes += 3) {
            final Talk cut = talk.segmented(bytes);
            assertEquals(whole, cut.objects());
            assertEquals(0, cut.faults());
        }
        return new ArrayList<>(whole.subList(1, whole.size()));
    }

    private static Talk talk() {
        return Talk.tcp(143).server("* OK hello\r\n");
    }

    @Test
    void shouldBeginBehindHalfAGreeting() {
        final Talk talk = Talk.tcp(143).midStream().server("4rev1] ready\r\n").client("a1 LOGIN a b\r\n")
            .server("a1 OK in\r\n");
        assertEquals("imap", talk.protocol());
        assertEquals(List.of(answered("\"tag\":\"a1\",\"command\":\"LOGIN\",\"user\":\"a\"",
            "\"success\":true,\"status\":\"OK\",\"header\":\"in\"")), talk.objects());
        assertEquals(List.of(),
            Talk.tcp(143).midStream().client("a1 LOGIN a b\r\n").server("a2 OK in\r\n").protocols());
    }

    @Test
    void shouldPairCommandsWithAnswers() {
        assertEquals(List.of(
            answered("\"tag\":\"a1\",\"command\":\"CAPABILITY\"", "\"data\":[\"CAPABILITY IMAP4rev1 IDLE\"],"
                + "\"success\":true,\"status\":\"OK\",\"header\":\"done\""),
            answered("\"tag\":\"a2\",\"command\":\"LOGIN\",\"user\":\"ann smith\"",
                "\"success\":false,\"status\":\"NO\",\"header\":\"try again\""),
            answered("\"tag\":\"a3\",\"command\":\"SELECT\",\"mailbox\":\"In box\"", "\"data\":[\"3 EXISTS\"],"
                + "\"success\":true,\"status\":\"OK\",\"header\":\"[READ-WRITE] done\""),
            answered("\"tag\":\"a4\",\"command\":\"UID FETCH\",\"args\":[\"1:*\",\"(FLAGS\",\"BODY[])\"]",
                "\"success\":true,\"status\":\"OK\",\"header\":\"fetched\"")),
            told(talk().client("a1 capability\r\n").server("* CAPABILITY IMAP4rev1 IDLE\r\na1 OK done\r\n")
                .client("a2 LOGIN \"ann smith\" secret\r\n").server("a2 NO try again\r\n")
                .client("a3 SELECT \"In box\"\r\n").server("* 3 EXISTS\r\na3 OK [READ-WRITE] done\r\n")
                .client("a4 uid fetch 1:* (FLAGS BODY[])\r\n")
                .server("* 1 FETCH (FLAGS () BODY[] {8}\r\na4 OK x\n)\r\na4 OK fetched\r\n")));
    }

    @Test
    void shouldTellTheUserWhateverTheWay() {
        final String plain = answered("\"tag\":\"1\",\"command\":\"AUTHENTICATE\",\"args\":[\"PLAIN\"],"
            + "\"user\":\"ann\"", "\"success\":true,\"status\":\"OK\",\"header\":\"in\"");
        // NUL ann NUL secret
        assertEquals(List.of(plain), told(talk().client("1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\r\n")
            .server("1 OK in\r\n")));
        assertEquals(List.of(plain), told(talk().client("1 AUTHENTICATE PLAIN\r\n").server("+ \r\n")
            .client("AGFubgBzZWNyZXQ=\r\n").server("1 OK in\r\n")));
        assertEquals(List.of(plain.replace("PLAIN", "LOGIN")), told(talk().client("1 AUTHENTICATE LOGIN\r\n")
            .server("+ VXNlcm5hbWU6\r\n").client("YW5u\r\n").server("+ UGFzc3dvcmQ6\r\n").client("c2VjcmV0\r\n")
            .server("1 OK in\r\n")));
        // user=ann^Aauth=Bearer x^A^A
        assertEquals(List.of(plain.replace("PLAIN", "XOAUTH2")), told(talk()
            .client("1 AUTHENTICATE XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgeAEB\r\n").server("1 OK in\r\n")));
        final String login = answered("\"tag\":\"1\",\"command\":\"LOGIN\",\"user\":\"ann\"",
            "\"success\":true,\"status\":\"OK\",\"header\":\"in\"");
        assertEquals(List.of(login), told(talk().client("1 LOGIN {3}\r\n").server("+ go\r\n")
            .client("ann {6+}\r\nsecret\r\n").server("1 OK in\r\n")));
    }

    @Test
    void shouldSkipMessages() {
        final String message = "b OK not an answer\r\nc LOGOUT\r\n".repeat(40);
        assertEquals(List.of(
            answered("\"tag\":\"b\",\"command\":\"APPEND\",\"mailbox\":\"Sent\"",
                "\"success\":true,\"status\":\"OK\",\"header\":\"kept\""),
            answered("\"tag\":\"c\",\"command\":\"IDLE\"", "\"data\":[\"4 EXISTS\"],"
                + "\"success\":true,\"status\":\"OK\",\"header\":\"idle\"")),
            told(talk().client("b APPEND Sent {" + message.length() + "}\r\n").server("+ go\r\n")
                .client(message + "\r\n").server("b OK kept\r\n").client("c IDLE\r\n")
                .server("+ idling\r\n* 4 EXISTS\r\n").client("DONE\r\n").server("c OK idle\r\n")));
    }

    @Test
    void shouldTellCommandsThatWaitForTheirAnswersTogether() {
        final List<String> told = told(talk().client("1 NOOP\r\n2 LIST \"\" *\r\n3 CLOSE\r\n")
            .server("* LIST () \"/\" INBOX\r\n2 OK b\r\n1 OK a\r\n"));
        assertEquals(3, told.size());
        assertTrue(told.get(0).contains("\"tag\":\"2\""), told::toString);
        assertTrue(told.get(1).contains("\"tag\":\"1\""), told::toString);
        assertEquals(exchange("\"request\":{\"tag\":\"3\",\"command\":\"CLOSE\"}"), told.get(2));
        final StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            many.append(i).append(" NOOP\r\n");
        }
        assertEquals(20, told(talk().client(many.toString())).size());
    }

    @Test
    void shouldHandOverAfterStartTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = talk().client(". STARTTLS\r\n").server(". OK go\r\n")
                .client("SSH-2.0-inner\r\n").segmented(bytes);
            assertEquals(List.of("imap", "ssh"), talk.protocols());
            assertEquals(answered("\"tag\":\".\",\"command\":\"STARTTLS\"",
                "\"success\":true,\"status\":\"OK\",\"header\":\"go\""), talk.objects().get(1));
        }
        assertEquals(List.of("imap"), talk().client(". STARTTLS\r\n").server(". NO\r\n")
            .client("a LOGIN x y\r\n").protocols());
    }

    @Test
    void shouldStopWhereCompressionBegins() {
        assertTrue(talk().client("a COMPRESS DEFLATE\r\n").server("a OK go\r\n").client("\u0001").isCutOff());
    }

    @Test
    void shouldGoOnBehindAGap() {
        final Talk talk = talk().client("1 LOGIN {3}\r\n").gap(true, 9).client("x y\r\n2 NOOP\r\n").gap(false, 5)
            .server("K b\r\n2 OK c\r\n");
        assertEquals(0, talk.faults());
        assertEquals(3, talk.objects().size());
        assertEquals(exchange("\"request\":{\"tag\":\"2\",\"command\":\"NOOP\"}"), talk.objects().get(2));
    }

    @Test
    void shouldRecogniseEitherSide() {
        assertEquals("imap", Talk.tcp(9).server("* PREAUTH x\r\n").segmented(1).protocol());
        assertEquals("imap", Talk.tcp(9).client("a001 CAPABILITY\r\n").segmented(1).protocol());
        assertEquals("imap", Talk.tcp(9).client("a LOGIN x y\r\n").server("* CAPABILITY\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).client("GET LIST\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).server("* OKAY\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).server(Talk.hex("2a204f4b 20 0102030d0a")).protocol());
    }
}
