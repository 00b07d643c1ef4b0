package io.weir.protocol.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpTest {
    private static final String HEADERS = String.join("\r\n", "Received: from a", "Received: from b",
        "From: Ann <ann@a.example>", "To: \"Bob, B\" <bob@b.example>,", "\tcarl@b.example", "Cc: d@b.example",
        "Subject: a folded", " line", "Date: Mon, 2 Jan 2006 15:04:05 +0000", "Message-ID: <1@a>", "X-Mailer: m 1",
        "X-Other: o", "Content-Type: multipart/mixed;", " boundary=\"bb\"", "", "");
    private static final String BODY = String.join("\r\n", "--bb", "Content-Type: text/plain; name=n.txt", "", "..dots",
        "--bb", "Content-Type: application/zip; name=x", "Content-Disposition: attachment;", " filename=\"a b.zip\"",
        "", "QUJD", "--bb--", ".", "");
    private static final String RECORD = "\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<ann@a.example>\","
        + "\"rcpt_to\":[\"<bob@b.example>\",\"<carl@b.example>\"]},\"email\":{\"received\":[\"from a\",\"from b\"],"
        + "\"from\":\"Ann <ann@a.example>\",\"to\":[\"\\\"Bob, B\\\" <bob@b.example>\",\"carl@b.example\"],"
        + "\"cc\":[\"d@b.example\"],\"subject\":\"a folded line\",\"date\":\"Mon, 2 Jan 2006 15:04:05 +0000\","
        + "\"message_id\":\"<1@a>\",\"x_mailer\":\"m 1\",\"attachment\":[\"n.txt\",\"x\"],"
        + "\"status\":\"PARSE_DONE\"}";

    private static Talk greeted() {
        return Talk.tcp(25).server("220 mx.b.example ready\r\n").client("EHLO a.example\r\n")
            .server("250-mx.b.example\r\n250 PIPELINING\r\n");
    }

    private static Talk sent() {
        return greeted().client("MAIL FROM:<ann@a.example> SIZE=100\r\n").server("250 ok\r\n")
            .client("RCPT TO:<bob@b.example>\r\nRCPT TO:<carl@b.example>\r\nDATA\r\n")
            .server("250 ok\r\n250 ok\r\n354 go\r\n").client(HEADERS).client(BODY).server("250 queued\r\n")
            .client("QUIT\r\n").server("221 bye\r\n");
    }

    @Test
    void shouldRecordEnvelopeAndHeaderFields() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 13}) {
            final Talk talk = sent().segmented(bytes);
            assertEquals("smtp", talk.protocol());
            assertEquals(List.of(RECORD), talk.objects());
            assertEquals(0, talk.faults());
        }
    }

    @Test
    void shouldTakeTheLinesAfterARefusedDataForCommands() {
        final Talk talk = greeted().client("MAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\n")
            .server("250 ok\r\n550 no\r\n554 no\r\n").client("MAIL FROM:<c>\r\n").server("250 ok\r\n");
        assertEquals(List.of("\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<a>\",\"rcpt_to\":[\"<b>\"]}",
            "\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<c>\"}"), mails(talk));
    }

    private static List<String> mails(final Talk talk) {
        return talk.objects().stream().filter(object -> object.startsWith("\"smtp\":")).toList();
    }

    @Test
    void shouldReadMessagesThatComeInChunks() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            final Talk talk = greeted().client("MAIL FROM:<a>\r\nRCPT TO:<b>\r\nBDAT 12\r\nSubject: QUI")
                .client("BDAT 15 LAST\r\nT\r\n\r\nDATA\r\nRSETMAIL FROM:<c>\r\n")
                .server("250 1\r\n250 2\r\n250 3\r\n250 4\r\n250 5\r\n").segmented(bytes);
            assertEquals(List.of("\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<a>\",\"rcpt_to\":[\"<b>\"]},"
                + "\"email\":{\"subject\":\"QUIT\",\"status\":\"PARSE_DONE\"}",
                "\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<c>\"}"), talk.objects());
        }
    }

    @Test
    void shouldHandOverAfterStartTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = greeted().client("STARTTLS\r\n").server("220 go\r\n").client("SSH-2.0-inner\r\n")
                .segmented(bytes);
            assertEquals(List.of("smtp", "ssh"), talk.protocols());
            assertEquals("\"smtp\":{\"helo\":\"a.example\"}", talk.objects().get(0));
        }
        final Talk refused = greeted().client("STARTTLS\r\n").server("454 no\r\n").client("MAIL FROM:<a>\r\n");
        assertEquals(List.of("smtp"), refused.protocols());
        assertTrue(mails(refused).get(0).contains("mail_from"));
    }

    @Test
    void shouldRecordWhatStaysHalfBeforeWhatFollowsAHandOver() {
        final Talk talk = greeted().client("STARTTLS\r\nGET /x HTTP/1.0\r\n\r\n")
            .server("220 go\r\nHTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertEquals(List.of("smtp", "http"), talk.protocols());
        assertEquals("\"smtp\":{\"helo\":\"a.example\"}", talk.objects().get(0));
        assertTrue(talk.records().get(0).contains("\"app_proto\":\"smtp\"")
            || talk.records().get(0).contains("\"event_type\":\"smtp\""), talk.records().get(0));
        assertTrue(talk.objects().get(1).startsWith("\"http\""), talk.objects().toString());
    }

    @Test
    void shouldRecordAMessageThatStaysHalf() {
        final Talk talk = greeted().client("MAIL FROM:<a>\r\n").server("250 ok\r\n").client("DATA\r\n")
            .server("354 go\r\n").client("From: f\r\nTo: t\r\n\r\nbody");
        assertEquals(List.of("\"smtp\":{\"helo\":\"a.example\",\"mail_from\":\"<a>\"},"
            + "\"email\":{\"from\":\"f\",\"to\":[\"t\"],\"status\":\"BODY_STARTED\"}"), talk.objects());
    }

    @Test
    void shouldFindItsWayBackAfterAGap() {
        final Talk talk = greeted().client("MAIL FROM:<a>\r\nDATA\r\n").server("250 ok\r\n354 go\r\n")
            .client("From: f\r\n\r\n").gap(true, 500).server("250 queued\r\n").client("MAIL FROM:<c>\r\n");
        assertEquals(2, talk.records().size());
        assertTrue(talk.objects().get(0).contains("PARSE_ERROR"));
        assertTrue(talk.objects().get(1).contains("<c>"));
    }

    @Test
    void shouldParseAClientAlone() {
        final Talk talk = Talk.tcp(25).client("EHLO a.example\r\nMAIL FROM:<ann@a.example>\r\n")
            .client("RCPT TO:<bob@b.example>\r\nRCPT TO:<carl@b.example>\r\nDATA\r\n").client(HEADERS).client(BODY);
        assertEquals(List.of(RECORD), talk.objects());
    }

    @Test
    void shouldRecogniseItByGreetingOrClient() {
        assertEquals("smtp", Talk.tcp(2526).server("220 x ESMTP Postfix\r\n").segmented(1).protocol());
        assertEquals("smtp", Talk.tcp(2526).client("LHLO x\r\n").segmented(1).protocol());
        assertEquals("smtp", Talk.tcp(9).client("helo\r\n").protocol());
        assertEquals("smtp", Talk.tcp(9).midStream().client("RCPT TO:<x@y>\r\n").protocol());
        assertNotEquals("smtp", Talk.tcp(25).server("220 x\r\n").client("USER y\r\n").protocol());
        assertNotEquals("smtp", Talk.tcp(25).client("EHLO: x\r\n").protocol());
        assertNotEquals("smtp", Talk.tcp(25).client("EHLO\n\u0001\u0002").protocol());
        assertNotEquals("smtp", Talk.tcp(25).client(Talk.hex("45484c4f 20 c3a4 61")).protocol());
        assertNotEquals("smtp", Talk.tcp(25).client(Talk.hex("45484c4f 20 612e62 01")).protocol());
        assertEquals("smtp", Talk.tcp(25).client("EHLO\n").protocol());
        assertEquals("smtp", Talk.tcp(25).client("EHLO\nMAIL FROM:<a>\n").protocol());
        assertNotEquals("smtp", Talk.tcp(25).client(Talk.hex("45484c4f 20 0102")).protocol());
    }

    private static String events(final Talk talk) {
        String found = null;
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Watcher watcher = Watcher.ofAll();
            talk.segmented(bytes).watchedBy(watcher).objects();
            final String events = String.join(" ", watcher.events()).replace("smtp.", "");
            assertEquals(found == null ? events : found, events);
            found = events;
        }
        return found;
    }

    private static Talk asked(final String command, final String reply) {
        return greeted().client(command + "\r\n").server(reply + "\r\n");
    }

    @Test
    void shouldReportWhatIsOdd() {
        assertEquals("", events(sent()));
        assertEquals("NO_SERVER_WELCOME_MESSAGE", events(Talk.tcp(25).server("554 mx.b.example no SMTP\r\n")
            .client("EHLO a.example\r\n").server("250 mx.b.example\r\n")));
        assertEquals("TLS_REJECTED", events(asked("STARTTLS", "454 not now")));
        assertEquals("DATA_COMMAND_REJECTED", events(asked("DATA", "503 bad sequence")));
        assertEquals("INVALID_REPLY", events(asked("NOOP", "472 no such code")));
        assertEquals("INVALID_REPLY", events(asked("NOOP", "hello\r\n250 ok")));
        assertEquals("UNABLE_TO_MATCH_REPLY_WITH_REQUEST", events(asked("NOOP", "250 ok\r\n250 again")));
        assertEquals("", events(asked("NOOP", "250 ok\r\n421 closing")));
        assertEquals("TRUNCATED_LINE", events(asked("EXPN " + "x".repeat(5_000), "500 too long")));
        assertEquals("INVALID_PIPELINED_SEQUENCE", events(asked("DATA\r\nRSET", "354 go")));
        assertEquals("INVALID_PIPELINED_SEQUENCE", events(asked("STARTTLS\r\nMAIL FROM:<a>", "220 go")));
    }

    @Test
    void shouldMatchRepliesThatComeLate() {
        assertEquals("DATA_COMMAND_REJECTED", events(asked("DATA\r\nNOOP\r\nRSET", "503 no\r\n250 ok\r\n250 ok")));
        assertEquals("TLS_REJECTED", events(asked("STARTTLS\r\nNOOP\r\nRSET", "454 no\r\n250 ok\r\n250 ok")));
        assertEquals("DATA_COMMAND_REJECTED", events(asked("MAIL FROM:<a>\r\nDATA\r\nNOOP\r\nMAIL FROM:<b>\r\nDATA",
            "250 ok\r\n503 no\r\n250 ok\r\n250 ok\r\n354 go")));
        assertEquals("", events(greeted().client("MAIL FROM:<a>\r\nDATA\r\n").server("250 ok\r\n354 go\r\n")
            .client("From: a\r\n\r\n.\r\nMAIL FROM:<b>\r\nDATA\r\nNOOP\r\n")
            .server("250 queued\r\n250 ok\r\n503 no\r\n250 ok\r\n")).replace("DATA_COMMAND_REJECTED", ""));
        // nothing of the server is there until the client has said all
        assertEquals("", events(Talk.tcp(25).client("EHLO a.example\r\nMAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\n")
            .client("From: a\r\n\r\n.\r\nQUIT\r\n").server("220 mx.b.example ready\r\n250 mx.b.example\r\n250 ok\r\n")
            .server("250 ok\r\n354 go\r\n250 queued\r\n221 bye\r\n")));
    }

    @Test
    void shouldMatchNoRepliesWhereBytesAreMissing() {
        assertEquals("", events(greeted().gap(true, 10).server("250 ok\r\n")));
        assertEquals("", events(Talk.tcp(25).midStream().server("250 mx.b.example SMTP\r\n")
            .client("EHLO a.example\r\n").server("250 mx.b.example\r\n")));
    }
}
