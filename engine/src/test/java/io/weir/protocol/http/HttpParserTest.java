package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of HTTP/1.x connections. */
final class HttpParserTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    /** A start line and headers with what ends them. */
    private static String head(final String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String get(final String path) {
        return head("GET /" + path + " HTTP/1.1", "Host: a.example");
    }

    private static String told(final String path, final int status, final int length) {
        return "\"http\":{\"http_method\":\"GET\",\"url\":\"/" + path + "\",\"protocol\":\"HTTP/1.1\","
            + "\"hostname\":\"a.example\"," + (status == 0 ? "" : "\"status\":" + status + ",")
            + "\"length\":" + length + "}";
    }

    private static String odd(final String event) {
        return "\"app_proto\":\"http\",\"anomaly\":{\"type\":\"applayer\",\"event\":\"" + event
            + "\",\"layer\":\"proto_parser\",\"app_proto\":\"http\"}";
    }

    /** Whole, in single bytes and in sevens. */
    private static void assertTold(final Talk talk, final String... objects) {
        for (final Talk one : List.of(talk, talk.segmented(1), talk.segmented(7))) {
            assertEquals(List.of(objects), one.objects());
            assertEquals("http", one.protocol());
        }
    }

    @Test
    void shouldTellARequestWithItsResponse() {
        assertTold(Talk.tcp(80)
            .client(head("GET http://User@Www.Example.ORG:8080/a?b HTTP/1.1", "Host: other", "User-Agent: curl/8",
                "Referer: http://r/"))
            .server(head("HTTP/1.1 206 Partial", "Content-Type: text/html; charset=utf-8",
                "Content-Range: bytes 0-4/1234", "Location: /new", "Content-Length: 5") + "hello"),
            odd("HOST_HEADER_AMBIGUOUS"),
            "\"http\":{\"http_method\":\"GET\",\"url\":\"http://User@Www.Example.ORG:8080/a?b\","
            + "\"hostname\":\"www.example.org\",\"http_port\":8080,\"protocol\":\"HTTP/1.1\","
            + "\"http_user_agent\":\"curl/8\",\"http_refer\":\"http://r/\",\"status\":206,"
            + "\"http_content_type\":\"text/html\",\"content_range\":{\"raw\":\"bytes 0-4/1234\",\"start\":0,"
            + "\"end\":4,\"size\":1234},\"redirect\":\"/new\",\"length\":5}");
    }

    @Test
    void shouldTellTheAnswerToATunnelBehindAnotherResponse() {
        assertTold(Talk.tcp(80)
            .client(get("a") + head("CONNECT c.example:1 HTTP/1.1", "Host: c.example"))
            .server(head("HTTP/1.1 200 OK", "Content-Length: 0") + head("HTTP/1.1 200 OK")),
            told("a", 200, 0),
            "\"http\":{\"http_method\":\"CONNECT\",\"url\":\"c.example:1\",\"hostname\":\"c.example\",\"http_port\":1,"
            + "\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":0}");
    }

    @Test
    void shouldFindHeadersAmongOthersInWhateverCase() {
        assertTold(Talk.tcp(80)
            .client(head("GET /1 HTTP/1.1", "Hostess: b.example", "Use: c", "hOSt : a.example", "Accept: */*",
                " Host: d.example", "Referee: e", "Expectation: f", "user-AGENT:curl/8"))
            .server(head("HTTP/1.1 200 OK", "Content-Lengths: 9", "Server: g", "\tfolded: 7",
                "cOntent-leNgth: 5") + "hello"),
            "\"http\":{\"http_method\":\"GET\",\"url\":\"/1\",\"protocol\":\"HTTP/1.1\","
            + "\"hostname\":\"a.example\",\"http_user_agent\":\"curl/8\",\"status\":200,\"length\":5}");
    }

    /** What lies whole in a segment is read in place, and line by line only where a line is odd. */
    @Test
    void shouldTellTheSameOfDamagedHeadersInPlaceAndInSingleBytes() {
        final String[] parts = {"Host", "hOST", "User-Agent", "Referer", "Content-Type", "Content-Range", "Location",
            "Upgrade", "Expect", "Content-Disposition", "Accept", "X", ":", ": ", ":", " ", "\t", "\r", "\n", "\r\n",
            "\r\n", "\r\n ", "\0", "\u00e4", "\u007f", "a.example", "b.example:81", "bytes 1-2/3", "/a",
            "video/mp4;x", "[::1]:8", "Content-Length", "5"};
        final Random random = new Random(13);
        for (int round = 0; round < 300; round++) {
            final Talk talk = Talk.tcp(80).client(damaged(random, parts, "GET /1 HTTP/1.1", "Host: a.example"))
                .server(damaged(random, parts, "HTTP/1.1 200 OK", "Content-Length: 5") + "hello");
            assertEquals(talk.segmented(1).objects(), talk.objects(), "round " + round);
        }
    }

    @Test
    void shouldTellTheSameOfOddFirstLinesInPlaceAndInSingleBytes() {
        final String[] requests = {"GET /2 HTTP/1.1", "GET  /2 HTTP/1.1 ", " GET /2 HTTP/1.1", "GET /2\tHTTP/1.1",
            "GET /2\r HTTP/1.1", "GET /\u00e4 HTTP/1.1", "GET /2", "get /2 http/1.0", "XYZZY /2 HTTP/1.1", "\0GET /2",
            "Host: a.example", "G", ":", "\r\nPOST /2 HTTP/1.1", "CONNECT a.example:1 HTTP/1.1", "\u00ff"};
        final String[] responses = {"HTTP/1.1 200 OK", "HTTP/1.1  404 Not found ", " HTTP/1.0 200", "http/1.1 204 None",
            "HTTP/1.1 100 Continue", "HTTP/1.1 OK", "HTTP/2 200", "ICY 200 OK", "HTTP/1.1\t200 OK\t", "<html>", "H",
            "HTTP/1.1 200 \u00e4", "HTTP/1.1 200\rOK", "HTTP/1.1 999 \0"};
        for (final String request : requests) {
            for (final String response : responses) {
                final Talk talk = Talk.tcp(80)
                    .client(head("GET /1 HTTP/1.1", "Host: a.example", "Accept: */*"))
                    .server(head("HTTP/1.1 200 OK", "Content-Length: 5", "Server: g") + "hello")
                    .client(head(request, "Host: b.example", "User-Agent: c"))
                    .server(head(response, "Content-Type: text/plain", "Content-Length: 5") + "hello")
                    .client(head("GET /3 HTTP/1.1", "Host: c.example", "Accept: */*"))
                    .server(head("HTTP/1.1 200 OK", "Content-Length: 5", "Server: g") + "hello");
                assertEquals(talk.segmented(1).objects(), talk.objects(), request + " and " + response);
            }
        }
    }

    private static String damaged(final Random random, final String[] parts, final String start, final String header) {
        final StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            lines.append(parts[random.nextInt(parts.length)]);
        }
        return head(start, header, lines.toString(), "Accept: */*");
    }

    @Test
    void shouldReportAHeaderWithoutColonUnlessTheNextLineHasIt() {
        assertTold(Talk.tcp(80).client(head("GET /1 HTTP/1.1", "Host: a.example", "X", "Accept: */*")).server(OK),
            odd("REQUEST_FIELD_MISSING_COLON"), told("1", 200, 5));
        assertTold(Talk.tcp(80).client(head("GET /1 HTTP/1.1", "Host: a.example", "X", " : y")).server(OK),
            told("1", 200, 5));
        assertTold(Talk.tcp(80).client(head("GET /1 HTTP/1.1", "Host: a.example", "X", "Y", " : y")).server(OK),
            odd("REQUEST_FIELD_MISSING_COLON"), told("1", 200, 5));
    }

    @Test
    void shouldPairPipelinedRequests() {
        assertTold(Talk.tcp(80).client(get("1") + get("2") + get("3")).server(OK + OK).server(OK),
            told("1", 200, 5), told("2", 200, 5), told("3", 200, 5));
    }

    @Test
    void shouldPairInOrderBehindMoreRequestsThanAreKept() {
        final Talk talk = Talk.tcp(80);
        final int requests = Exchanges.MOST + 3;
        for (int i = 0; i < requests; i++) {
            talk.client(get("" + i));
        }
        for (int i = 0; i < requests; i++) {
            talk.server(OK);
        }
        talk.client(get("last")).server("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        final List<String> objects = talk.objects();
        assertTrue(objects.contains(told("0", 200, 5)));
        assertTrue(objects.contains(told("63", 200, 5)));
        assertTrue(objects.contains(told("64", 0, 0)));
        assertEquals(told("last", 404, 0), objects.get(objects.size() - 1));
    }

    @Test
    void shouldCountChunkedBodiesAsTransmitted() {
        final String chunked = "5;x=y\r\nhello\r\n00000A\r\n0123456789\r\n0\r\n";
        assertTold(Talk.tcp(80).client(get("1")).server("HTTP/1.1 200 OK\r\ntransfer-encoding:\r\n  chunked\r\n\r\n"
            + chunked + "Trailer: x\r\n\r\n").client(get("2")).server(OK),
            odd("RESPONSE_CHUNK_EXTENSION"), told("1", 200, chunked.length()), told("2", 200, 5));
    }

    @Test
    void shouldTellNoLengthOfTheMessageBefore() {
        final String whole = head("HTTP/1.1 200 OK", "Content-Length: 1000") + "x".repeat(1000);
        final String begun = "HTTP/1.1 200 OK\r\nServer: x\r\nDate: today\r\nX: ";
        final Talk ended = Talk.tcp(80).client(get("1") + get("2")).server(whole + begun);
        assertTold(ended, told("1", 200, 1000), told("2", 200, 0));
        assertTold(ended.segmented(Integer.MAX_VALUE).inFrames(), told("1", 200, 1000), told("2", 200, 0));
        final Talk talk = Talk.tcp(80).client(get("1") + get("2"))
            .server(whole + begun).gap(false, 3000).client(get("3")).server(OK);
        assertTold(talk, told("1", 200, 1000), told("2", 200, 0), told("3", 200, 5));
        final Talk line = Talk.tcp(80).client(get("1") + get("2")).server(whole + "HTTP/1.1 200 OK\r\n");
        assertTold(line, told("1", 200, 1000), told("2", 200, 0));
    }

    @Test
    void shouldReadToTheEndWithoutLength() {
        assertTold(Talk.tcp(80).client(get("1")).server("HTTP/1.1 200 OK\r\n\r\nhello").close(false),
            told("1", 200, 5));
        assertTold(Talk.tcp(80).client(get("1")).server("HTTP/1.1 200 OK\r\n\r\nhello"), told("1", 200, 5));
    }

    @Test
    void shouldExpectNoBodyWhereThereIsNone() {
        assertTold(Talk.tcp(80)
            .client(get("1").replace("GET", "HEAD")).server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            .client(get("2")).server("HTTP/1.1 304 Not\r\nContent-Length: 5\r\n\r\n")
            .client(get("3")).server("HTTP/1.1 204 No\r\n\r\n"),
            told("1", 200, 0).replace("GET", "HEAD"), told("2", 304, 0), told("3", 204, 0));
    }

    @Test
    void shouldPassOverInterimResponses() {
        assertTold(Talk.tcp(80)
            .client("POST /1 HTTP/1.1\r\nHost: a.example\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            .server("HTTP/1.1 100 Continue\r\n\r\n").client("GET").server(OK)
            .client(get("2")).server("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK),
            told("1", 200, 5).replace("GET", "POST"), told("2", 200, 5));
    }

    @Test
    void shouldReadOnWhereARefusedBodyIsNotSent() {
        assertTold(Talk.tcp(80)
            .client("POST /1 HTTP/1.1\r\nHost: a.example\r\nExpect: 100-continue\r\nContent-Length: 30\r\n\r\n")
            .server("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n").client(get("2")).server(OK),
            told("1", 417, 0).replace("GET", "POST"), told("2", 200, 5));
    }

    @Test
    void shouldExpectNoBodyWhereConsentIsAskedForNone() {
        final String none = head("GET /1 HTTP/1.1", "Host: a.example", "Expect: 100-continue");
        assertTold(Talk.tcp(80).client(none + get("2")).server(OK + OK).client(get("3")).server(OK),
            told("1", 200, 5), told("2", 200, 5), told("3", 200, 5));
        assertTold(Talk.tcp(80).client(none.replace("Expect", "Content-Length: x\r\nExpect")).server(OK)
            .client(get("2")).server(OK),
            odd("INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST"), told("1", 200, 5), told("2", 200, 5));
    }

    @Test
    void shouldReadChunksThatWaitForConsent() {
        final String chunks = head("GET /1 HTTP/1.1", "Host: a.example", "Expect: 100-continue",
            "Transfer-Encoding: chunked");
        assertTold(Talk.tcp(80).client(chunks).server(head("HTTP/1.1 100 Continue")).client("3\r\nabc\r\n0\r\n\r\n")
            .server(OK).client(get("2")).server(OK),
            told("1", 200, 5), told("2", 200, 5));
        assertTold(Talk.tcp(80).client(chunks).server(head("HTTP/1.1 417 No", "Content-Length: 0"))
            .client(get("2")).server(OK),
            told("1", 417, 0), told("2", 200, 5));
        assertTold(Talk.tcp(80).client(chunks).server(head("HTTP/1.1 417 No", "Content-Length: 0"))
            .client("ADD /2 HTTP/1.1\r\nHost: a.example\r\n\r\n").server(OK),
            told("1", 417, 0), told("2", 200, 5).replace("GET", "ADD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\r\n", "003\r\n", "0003\r\n", "0000003\r\n", "0000000003\r\n", "003;x=y\r\n",
        "003  \r\n", "0003\n"})
    void shouldReadChunksThatComeThoughTheyWereRefused(final String size) {
        final String chunks = head("GET /1 HTTP/1.1", "Host: a.example", "Expect: 100-continue",
            "Transfer-Encoding: chunked");
        final List<String> records = Talk.tcp(80).client(chunks).server(head("HTTP/1.1 417 No", "Content-Length: 0"))
            .client(size + "abc\r\n0\r\n\r\n" + get("2")).server(OK).objects();
        assertEquals(told("1", 417, 0), records.get(0));
        assertEquals(told("2", 200, 5), records.get(records.size() - 1));
    }

    @Test
    void shouldTolerateWhatServersTolerate() {
        assertTold(Talk.tcp(80)
            .client("\r\n\nGET   /1 \t HTTP/1.1 \nhOST :  a.example \nX: y\r\n folded: z\r\n no colon\r\n\n")
            .server("\r\nhttp/1.1   200\nCONTENT-length : 5, 5\n\nhello")
            .client(head("get /2 HTTP/1.1", "Host: A.Example.", "Host: b", "Content-Length: 1", "Content-Length: 9")
                + "x" + get("3"))
            .server("HTTP/1.1 2XX Odd\r\nContent-Length: 0\r\n\r\n" + OK),
            told("1", 200, 5), odd("HOST_HEADER_AMBIGUOUS"),
            odd("DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST"), odd("RESPONSE_INVALID_STATUS"),
            told("2", 0, 0).replace("GET", "get").replace("\"length", "\"status_string\":\"2XX\","
                + "\"length"), told("3", 200, 5));
    }

    @Test
    void shouldReadSimpleRequests() {
        assertTold(Talk.tcp(80).client("GET /old\r\n").server("<html>12").close(false),
            "\"http\":{\"http_method\":\"GET\",\"url\":\"/old\",\"length\":8}");
    }

    @Test
    void shouldReadASimpleRequestBehindOthersOfAPipeline() {
        final String old = "\"http\":{\"http_method\":\"GET\",\"url\":\"/old\",\"length\":8}";
        assertTold(Talk.tcp(80).client(get("1") + get("2") + "GET /old\r\n").server(OK + OK + "<html>12").close(false),
            told("1", 200, 5), told("2", 200, 5), old);
        assertTold(Talk.tcp(80).client(get("1") + "GET /old\r\n").server(OK).server("<html>12").close(false),
            told("1", 200, 5), old);
        assertTold(Talk.tcp(80).client(get("1") + "GET /old\r\n").server(OK + OK).close(false),
            told("1", 200, 5), old.replace("\"length\":8", "\"status\":200,\"length\":5"));
    }

    @Test
    void shouldWriteHalfTransactionsAtTheEnd() {
        assertTold(Talk.tcp(80).client(get("1") + get("2"))
            .server("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"),
            told("1", 200, 5), told("2", 0, 0));
        assertTold(Talk.tcp(80).client("GET /1 HTTP/1.1\r\nHost: a.ex"),
            "\"http\":{\"http_method\":\"GET\",\"url\":\"/1\",\"protocol\":\"HTTP/1.1\",\"length\":0}");
    }

    @Test
    void shouldTellAResponseWithoutRequest() {
        assertTold(Talk.tcp(80).midStream().server(OK).client(get("2")).server(OK),
            "\"http\":{\"status\":200,\"length\":5}", told("2", 200, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lf of a body</html>", "\1\2lf of a body", "half\nHT"})
    void shouldFindAResponseBehindABodyWithoutLineEnd(final String body) {
        assertEquals(List.of(told("1", 200, 5), told("2", 200, 5)), Talk.tcp(80).midStream().server(body)
            .client(get("1")).server(OK).client(get("2")).server(OK).objects());
        assertEquals(List.of(told("1", 0, 0)),
            Talk.tcp(80).midStream().server(body).client(get("1")).server("x" + OK).objects());
    }

    @Test
    void shouldFindAStatusLineOfTwoSegmentsBehindABodyWithoutLineEnd() {
        for (int cut = 1; cut < 20; cut++) {
            assertEquals(List.of(told("1", 200, 5), told("2", 200, 5)),
                Talk.tcp(80).midStream().server("lf of a body</html>").client(get("1")).server(OK.substring(0, cut))
                    .server(OK.substring(cut)).client(get("2")).server(OK).objects(), "cut at " + cut);
        }
        assertEquals(List.of(told("1", 200, 5)), Talk.tcp(80).midStream().server("lf of a body").client(get("1"))
            .server("HTT").server(OK).objects());
    }

    @Test
    void shouldCountWhatItSkipsToFindAMessage() {
        assertEquals(19, Talk.tcp(80).midStream().server("lf of a body</html>").client(get("1")).server(OK)
            .count(Counter.PARSER_BYTES_SKIPPED));
        assertEquals(14, Talk.tcp(80).client(get("1")).server(OK).gap(true, 50).client("xample\r\nA: b\r\n\r\n"
            + get("3")).server(OK).count(Counter.PARSER_BYTES_SKIPPED));
        assertEquals(9, Talk.tcp(80).client(get("1")).server(OK).gap(true, 50).client("x: ample\n")
            .client(get("3")).server(OK).count(Counter.PARSER_BYTES_SKIPPED));
    }

    @Test
    void shouldCountWhatIsCutOffALine() {
        final String tooLong = "GET /1 HTTP/1.1\r\nHost: a.example\r\nCookie: " + "c".repeat(70_000) + "\r\n\r\n";
        for (final Talk talk : List.of(Talk.tcp(80).client(tooLong), Talk.tcp(80).client(tooLong).segmented(1000))) {
            assertEquals("Cookie: \r\n".length() + 70_000 - 16 * 1024, talk.count(Counter.PARSER_BYTES_SKIPPED));
        }
    }

    @Test
    void shouldGoOnBehindMissingBytesOfABody() {
        final Talk talk = Talk.tcp(80).client(get("1")).server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel")
            .gap(false, 7).client(get("2")).server(OK);
        assertEquals(List.of(told("1", 200, 10), told("2", 200, 5)), talk.objects());
    }

    @Test
    void shouldFindTheNextMessageBehindAGap() {
        final Talk server = Talk.tcp(80).client(get("1"))
            .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            .gap(false, 100).server("4\r\nGET \r\n0\r\n\r\n").client(get("2")).server(OK);
        assertEquals(List.of(told("1", 200, 0), told("2", 200, 5)), server.objects());
        final Talk client = Talk.tcp(80).client(get("1")).server(OK).gap(true, 50)
            .client("xample\r\nA: b\r\n\r\n").server(OK).later().client(get("3")).server(OK);
        assertEquals(List.of(told("1", 200, 5), told("3", 200, 5)),
            List.of(client.objects().get(0), client.objects().get(2)));
    }

    @Test
    void shouldPairTheLastRequestBehindLostResponses() {
        final Talk talk = Talk.tcp(80).client(get("1")).server(OK).client(get("2")).client(get("3"))
            .gap(false, 60).later().server(OK);
        assertEquals(List.of(told("1", 200, 5), told("2", 0, 0), told("3", 200, 5)), talk.objects());
    }

    @Test
    void shouldNotTakeALineEndLostWithABodyForALostResponse() {
        final String head = OK.substring(0, OK.indexOf("\r\n\r\n") + 4);
        final Talk talk = Talk.tcp(80).client(get("1")).server(head).gap(false, 7).client(get("2")).client(get("3"))
            .server(OK).server(OK);
        assertEquals(List.of(told("1", 200, 5), told("2", 200, 5), told("3", 200, 5)), talk.objects());
    }

    @Test
    void shouldReadARequestWithoutEndThatMarkupAnswers() {
        final Talk talk = Talk.tcp(8080).client("GET /").server("<html>hi</html>").close(false);
        assertEquals(List.of("\"http\":{\"http_method\":\"GET\",\"url\":\"/\",\"length\":15}"), talk.objects());
    }

    @Test
    void shouldFindWhatATunnelCarriesBehindLineEndsTooMany() {
        final Talk talk = Talk.tcp(3128).client("CONNECT b:80 HTTP/1.1\r\nHost: b\r\n\r\n\n")
            .server("HTTP/1.1 200 ok\r\n\r\n\n").client(get("1")).server(OK);
        assertEquals(told("1", 200, 5), talk.objects().get(1));
        assertTrue(talk.records().get(1).contains("\"tx_id\":0,"), () -> talk.records().get(1));
    }

    @Test
    void shouldRecogniseAnewWhatATunnelCarries() {
        final Talk talk = Talk.tcp(3128)
            .client("CONNECT B.example:80 HTTP/1.1\r\nHost: b.example:80\r\n\r\n").server("HTTP/1.1 200 ok\r\n\r\n")
            .client(get("1")).server(OK);
        for (final Talk one : List.of(talk, talk.segmented(1), talk.segmented(7))) {
            assertEquals(List.of("\"http\":{\"http_method\":\"CONNECT\",\"url\":\"B.example:80\","
                + "\"hostname\":\"b.example\",\"http_port\":80,\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":0}",
                told("1", 200, 5)), one.objects());
            assertTrue(one.protocols().contains("http-connect"));
        }
    }

    @Test
    void shouldReadOnBehindARefusedTunnel() {
        assertTold(Talk.tcp(3128).client("CONNECT b:80 HTTP/1.1\r\nHost: a.example\r\n\r\n" + get("1"))
            .server("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n" + OK),
            odd("HOST_HEADER_AMBIGUOUS"),
            "\"http\":{\"http_method\":\"CONNECT\",\"url\":\"b:80\",\"hostname\":\"b\",\"http_port\":80,"
            + "\"protocol\":\"HTTP/1.1\",\"status\":403,\"length\":0}", told("1", 200, 5));
    }

    @Test
    void shouldStopBehindAnUpgradeToWebSocket() {
        final Talk talk = Talk.tcp(80).client(get("1"))
            .server("HTTP/1.1 101 Switching\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n\u0081\u0001x")
            .client("\u0081\u0081");
        assertTold(talk, told("1", 101, 0));
        assertEquals(List.of("http", "websocket"), talk.protocols());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldSayWhatIsSpokenInsideOfWebSocket() {
        final String answer = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: ";
        assertEquals(List.of("http", "websocket", "mqtt"),
            Talk.tcp(80).client(get("1")).server(answer + "mqtt\r\n\r\n\u0081\u0001x").protocols());
        assertEquals(List.of("http", "websocket"),
            Talk.tcp(80).client(get("1")).server(answer + "mqtt-of-ours\r\n\r\n\u0081\u0001x").protocols());
    }

    @Test
    void shouldLabelWhatIsSpokenOverIt() {
        assertLabel("http-proxy", "GET http://a/ HTTP/1.1\r\n\r\n", "");
        assertLabel("hls", "GET /live/list.m3u8?x HTTP/1.1\r\n\r\n", "");
        assertLabel("mpeg-dash", "GET /live/a.mpd HTTP/1.1\r\n\r\n", "");
        assertLabel("mpeg-dash", "GET /.m4s?x HTTP/1.1\r\n\r\n", "");
        assertEquals(List.of("http"), Talk.tcp(80).client(get("mpd") + get("a/m3u8") + get("a?.mpd")).protocols());
        assertLabel("mpeg-dash", "GET /1 HTTP/1.1\r\n\r\n", "Content-Type: application/dash+xml");
        assertLabel("ocsp", "POST / HTTP/1.1\r\nContent-Type: application/ocsp-request\r\n\r\n", "");
        assertLabel("soap", "POST / HTTP/1.1\r\nSOAPAction:\r\n\r\n", "");
        assertLabel("ipp", "POST /p HTTP/1.1\r\nContent-Type: application/ipp\r\n\r\n", "");
        assertLabel("doh2", "POST /dns-query HTTP/1.1\r\n\r\n", "Content-Type: application/dns-message");
        assertLabel("elasticsearch", "GET / HTTP/1.1\r\n\r\n", "X-elastic-product: Elasticsearch");
        assertLabel("ookla", "GET /speedtest/latency.txt HTTP/1.1\r\n\r\n", "");
    }

    private static void assertLabel(final String label, final String request, final String header) {
        final Talk talk = Talk.tcp(80).client(request).server("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
        assertEquals(List.of("http", label), talk.protocols());
    }

    @Test
    void shouldSurviveHostileLengths() {
        final Talk talk = Talk.tcp(80)
            .client(head("POST /1 HTTP/1.1", "Host: a.example", "Content-Length: 999999999999999999999999"))
            .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n" + "x".repeat(100));
        assertEquals(List.of(odd("INVALID_RESPONSE_CHUNK_LEN"),
            told("1", 200, 120).replace("GET", "POST")), talk.objects());
        final String many = "GET /1 HTTP/1.1\r\nHost: a.example\r\n" + "A: b\r\n".repeat(5000) + "\r\n";
        assertEquals(List.of(told("1", 200, 5)), Talk.tcp(80).client(many).server(OK).objects());
        final String longLine = "GET /1 HTTP/1.1\r\nHost: a.example\r\nCookie: " + "c".repeat(70_000) + "\r\n\r\n";
        assertEquals(List.of(odd("REQUEST_FIELD_TOO_LONG"), told("1", 200, 5)),
            Talk.tcp(80).client(longLine).server(OK).objects());
    }
}
