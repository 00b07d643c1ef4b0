package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Talk;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.Watcher;
import io.weir.protocol.content.BodyDecoder;
import io.weir.protocol.file.Files;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules get to see of HTTP/1.x. */
final class HttpBuffersTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    /** Whole, in single bytes and in sevens. */
    private static void assertTold(final Talk talk, final Field field, final String... values) {
        assertTold(talk, List.of(field), values);
    }

    private static void assertTold(final Talk talk, final List<Field> fields, final String... values) {
        for (final Talk one : List.of(talk.segmented(Integer.MAX_VALUE), talk.segmented(1), talk.segmented(7))) {
            final Watcher watcher = Watcher.of(fields.toArray(Field[]::new));
            assertEquals("http", one.watchedBy(watcher).protocol());
            assertEquals(List.of(values), watcher.told());
        }
    }

    private static Talk request(final String text) {
        return Talk.tcp(80).client(text).server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static Talk response(final String text) {
        return Talk.tcp(80).client(GET).server(text).close(false);
    }

    @Test
    void shouldTellFirstLines() {
        final Talk talk = Talk.tcp(80).client("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n")
            .server("HTTP/1.0 404 Not there\r\nContent-Length: 0\r\n\r\n");
        assertTold(talk, List.of(HttpBuffers.REQUEST_LINE, HttpBuffers.RESPONSE_LINE, HttpBuffers.PROTOCOL,
            HttpBuffers.STATUS_CODE, HttpBuffers.STATUS_MESSAGE),
            "> http.request_line=GET /a?b HTTP/1.1", "> http.protocol.sent=HTTP/1.1",
            "< http.response_line=HTTP/1.0 404 Not there", "< http.protocol.sent=HTTP/1.0", "< http.stat_code=404",
            "< http.stat_msg=Not there");
    }

    @Test
    void shouldNormaliseTheTarget() {
        final String[][] pairs = {
            {"/a/b", "/a/b"}, {"/a//b\\c", "/a/b/c"}, {"/a/./b/../c", "/a/c"}, {"/../../x", "/x"}, {"/a/..", "/"},
            {"/a/b/.", "/a/b/"}, {"/%61%2f%2E%2e/b?x=%20y+z", "/b?x= y+z"}, {"/a%zz%4", "/a%zz%4"},
            {"http://h:80/p?q", "/p?q"}, {"/a?b//../c", "/a?b//../c"}, {"/.a/..b", "/.a/..b"}, {"/%2561", "/%61"},
            {"/a#f%41", "/a#fA"}};
        for (final String[] pair : pairs) {
            assertTold(request("GET " + pair[0] + " HTTP/1.1\r\nHost: x\r\n\r\n"), HttpBuffers.URI,
                "> http.uri.normalized=" + pair[1]);
        }
    }

    @Test
    void shouldTakeTheHostOfTheHeaderWhereThatOfTheTargetIsEmpty() {
        for (final String target : List.of("GET http://:80/", "GET http:///", "GET http://a@/", "CONNECT :80")) {
            final Talk talk = request(target + " HTTP/1.1\r\nHost: a.example\r\n\r\n");
            assertTold(talk, HttpBuffers.HOST_RAW, "> http.host.raw=a.example");
            assertTrue(talk.objects().get(0).contains("\"hostname\":\"a.example\""), talk.objects()::toString);
        }
    }

    @Test
    void shouldTellHeaders() {
        final Talk talk = request("GET / HTTP/1.1\r\nHost:  x:80\r\nA: 1\r\nCookie: c=d\r\n  e\r\na: 2\n\r\n");
        assertTold(talk, HttpBuffers.HEADERS, "> http.header=Host: x:80\r\nA: 1, 2\r\n",
            "< http.header=Content-Length: 0\r\n");
        assertTold(talk, HttpBuffers.HEADERS_RAW,
            "> http.header.raw=Host:  x:80\r\nA: 1\r\nCookie: c=d\r\n  e\r\na: 2\n\r\n",
            "< http.header.raw=Content-Length: 0\r\n\r\n");
        assertTold(talk, HttpBuffers.HEADER_NAMES, "> http.header_names=\r\nHost\r\nA\r\nCookie\r\n\r\n",
            "< http.header_names=\r\nContent-Length\r\n\r\n");
        assertTold(talk, HttpBuffers.COOKIE, "> http.cookie=c=d e");
        assertTold(talk, HttpBuffers.HOST_RAW, "> http.host.raw=x:80");
        assertTold(talk, List.of(HttpBuffers.REQUEST_HEADER, HttpBuffers.RESPONSE_HEADER),
            "> http.request_header=Host: x:80", "> http.request_header=A: 1", "> http.request_header=Cookie: c=d e",
            "> http.request_header=a: 2", "< http.response_header=Content-Length: 0");
        assertTold(talk, HttpBuffers.START,
            "> http.start=GET / HTTP/1.1\r\nHost: x:80\r\nA: 1, 2\r\nCookie: c=d e\r\n\r\n",
            "< http.start=HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void shouldSayWhenEachSideIsTold() {
        final Watcher watcher = Watcher.of();
        Talk.tcp(80).client(GET).server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").client(GET)
            .watchedBy(watcher).protocol();
        assertEquals(List.of("0 CLIENT", "0 CLOSED", "1 CLIENT", "1 CLOSED"), watcher.stages());
    }

    @Test
    void shouldTellBodiesWithoutChunking() {
        assertTold(request("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n"),
            HttpBuffers.REQUEST_BODY, "> http.request_body=abcde");
        assertTold(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcdef"), Files.DATA, "< file.data=abcde");
        assertTold(response("HTTP/1.1 200 OK\r\n\r\nabcdef"), Files.DATA, "< file.data=abcdef");
        assertTold(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nXY\r\nZ"), Files.DATA,
            "< file.data=XY\r\nZ");
    }

    @Test
    void shouldReadOnBehindABodyThatWasRefusedAndSentNevertheless() {
        final Talk talk = Talk.tcp(80)
            .client("POST /1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
            .server("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n").client("a=1&b=22222").client(GET);
        assertTold(talk, List.of(HttpBuffers.URI, HttpBuffers.REQUEST_BODY),
            "> http.uri.normalized=/1", "> http.uri.normalized=/a");
    }

    @Test
    void shouldUnpackBrotliInChunks() {
        final StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            plain.append("data: {\"event\": ").append(i).append(", \"text\": \"streamed line by line\"}\n\n");
        }
        final byte[] packed;
        try (InputStream in = BodyDecoder.class.getResourceAsStream("brotli/flushed-q4.br")) {
            packed = in.readAllBytes();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        final Talk talk = Talk.tcp(80).client(GET)
            .server("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(packed.length) + "\r\n").server(packed).server("\r\n0\r\n\r\n");
        assertTold(talk, Files.DATA, "< file.data=" + plain);
    }

    @Test
    void shouldReportWhatIsOdd() {
        assertOdd(Talk.tcp(80).client("GET /\nA: b\nHost: x\n\n").server("<html>"), "REQUEST_LINE_MISSING_PROTOCOL");
        assertOdd(request("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nab=c\r\n"),
            "REQUEST_BODY_UNEXPECTED");
        assertOdd(request("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1 \na\n0 ; b\n\n"),
            "REQUEST_CHUNK_EXTENSION");
        assertOdd(request("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nx\n"), "INVALID_REQUEST_CHUNK_LEN");
        assertOdd(request("GET /%2541 HTTP/1.1\r\nHost: x\r\n\r\n"), "DOUBLE_ENCODED_URI");
        assertOdd(request("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Turbo x\r\n\r\n"), "REQUEST_AUTH_UNRECOGNIZED");
        assertOdd(request("GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"),
            "REQUEST_FIELD_TOO_LONG");
        assertOdd(response("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"),
            "GZIP_DECOMPRESSION_FAILED");
        assertOdd(response("HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip\r\n\r\n"),
            "TOO_MANY_ENCODING_LAYERS");
        assertOdd(request("GET / HTTP/1.1\r\nA: b\r\n\r\n"), "MISSING_HOST_HEADER");
        assertOdd(request("GET http://x/ HTTP/1.1\r\nHost: X:80\r\nHost: y\r\n\r\n"), "HOST_HEADER_AMBIGUOUS");
        assertOdd(request("GET / HTTP/1.1\r\nHost: x.y\r\nHost: x.y.z\r\n\r\n"), "HOST_HEADER_AMBIGUOUS");
        assertOdd(request("GET / HTTP/1.1\r\nHost: x.y\r\nHost: x\r\n\r\n"), "HOST_HEADER_AMBIGUOUS");
        assertOdd(request("GET / HTTP/1.1\r\nHost: x\r\nA\r\n\r\n"), "REQUEST_FIELD_MISSING_COLON");
        assertOdd(request("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n"),
            "INVALID_CONTENT_LENGTH_FIELD_IN_REQUEST");
        assertOdd(response("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
            "INVALID_CONTENT_LENGTH_FIELD_IN_RESPONSE");
        assertOdd(response("HTTP/1.1 200 OK\r\nA\r\nContent-Length: 0\r\n\r\n"), "RESPONSE_FIELD_MISSING_COLON");
        assertOdd(response("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            "RESPONSE_CHUNKED_OLD_PROTO");
        assertOdd(response("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n"), "RESPONSE_INVALID_STATUS");
    }

    @Test
    void shouldNotSayThatAHostIsMissingWhereNotAllHeadersAreLookedAt() {
        final String headers = "A: b\r\n".repeat(MessageReader.MOST_HEADERS);
        final Watcher watcher = Watcher.of(HttpBuffers.URI, Files.DATA);
        request("GET / HTTP/1.1\r\n" + headers + "Host: x\r\n\r\n").watchedBy(watcher).protocol();
        assertEquals(List.of(), watcher.events());
        assertOdd(request("GET / HTTP/1.1\r\n" + headers + "\r\n"), "MISSING_HOST_HEADER");
    }

    private static void assertOdd(final Talk talk, final String event) {
        final Watcher watcher = Watcher.of(HttpBuffers.URI, Files.DATA);
        talk.segmented(7).watchedBy(watcher).protocol();
        assertEquals(List.of("http." + event), watcher.events());
    }

    @Test
    void shouldWriteARecordForEachFile() {
        final Talk talk = Talk.tcp(80).client("POST /a/./b?c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
            .server("HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"f.txt\"\r\n"
                + "Content-Length: 5\r\n\r\nabc");
        final String request = "\"app_proto\":\"http\","
            + "\"fileinfo\":{\"filename\":\"/a/b\",\"gaps\":false,\"state\":\"CLOSED\","
            + "\"stored\":false,\"size\":2,\"tx_id\":0},\"http\":{\"http_method\":\"POST\",\"url\":\"/a/./b?c\","
            + "\"protocol\":\"HTTP/1.1\",\"hostname\":\"x\"}";
        final String response = "\"app_proto\":\"http\","
            + "\"fileinfo\":{\"filename\":\"f.txt\",\"gaps\":false,\"state\":\"TRUNCATED\","
            + "\"stored\":false,\"size\":3,\"tx_id\":0},\"http\":{\"http_method\":\"POST\",\"url\":\"/a/./b?c\","
            + "\"protocol\":\"HTTP/1.1\",\"hostname\":\"x\",\"status\":200}";
        for (final Talk one : List.of(talk.withFiles(), talk.segmented(1))) {
            final List<String> objects = one.objects();
            assertEquals(List.of(request, response), objects.subList(0, 2));
            assertEquals(3, objects.size());
        }
    }

    /** Notes which transactions events are about and, where rules pass responses over, which of those are. */
    private static final class Noting implements TransactionListener {
        private final List<String> noted = new ArrayList<>();
        private final boolean passes;

        private Noting(final boolean passes) {
            this.passes = passes;
        }

        @Override
        public boolean wants(final Field field) {
            return false;
        }

        @Override
        public boolean passesOver(final long flow, final boolean byClient) {
            return passes && !byClient;
        }

        @Override
        public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
            if (transaction.isPassedOver(false)) {
                noted.add(transaction.number() + " passed over");
            }
        }

        @Override
        public void event(final long flow, final Protocol protocol, final ProtocolEvent event, final Transaction of) {
            noted.add((of == null ? "" : of.number() + " ") + event.label());
        }
    }

    private static void assertNoted(final Talk talk, final boolean passes, final String... expected) {
        final Noting noting = new Noting(passes);
        assertEquals("http", talk.watchedBy(noting).protocol());
        assertEquals(List.of(expected), noting.noted);
    }

    @Test
    void shouldReportAnExtensionOfTheMessageThatHasItAlone() {
        final String extended = String.join("\r\n", "POST /a HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "",
            "5;x", "hello", "0", "", "");
        for (final Talk talk : List.of(
            Talk.tcp(80).client(extended),
            Talk.tcp(80).client(extended + "GET /b HTTP/1.1\r\nHost: x\r\n"),
            Talk.tcp(80).client(extended + "GET /b HTTP/1.1\r\nHost: x\r\n").gap(true, 100),
            Talk.tcp(80).client(extended + "PUT /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                + "Content-Length: 0\r\n\r\n"))) {
            assertNoted(talk, false, "0 REQUEST_CHUNK_EXTENSION");
        }
    }

    @Test
    void shouldNotPassOverAResponseWithoutHeadBehindOneThatIs() {
        final String response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        final String simple = "GET /b\r\n";
        for (final Talk talk : List.of(
            Talk.tcp(80).client(GET).server(response).client(simple).server("<html>12").close(false),
            Talk.tcp(80).client(GET + simple).server(response).server("<html>12").close(false))) {
            assertNoted(talk.inFrames(), true, "0 passed over");
        }
    }

    /** Rules that ask hashes, and pass all messages over. */
    private static final class Passing implements TransactionListener {
        @Override
        public boolean wants(final Field field) {
            return "file.md5".equals(field.name());
        }

        @Override
        public boolean passesOver(final long flow, final boolean byClient) {
            return true;
        }

        @Override
        public boolean asks(final long flow, final Transaction transaction, final boolean byClient) {
            return false;
        }

        @Override
        public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
            // nothing of it is looked at
        }

        @Override
        public void event(final long flow, final Protocol protocol, final ProtocolEvent event,
            final Transaction transaction) {
            throw new AssertionError(event.label());
        }
    }

    @Test
    void shouldWriteHashesOfFilesThatAreNotToldToRules() {
        final Talk talk = Talk.tcp(80).client("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        final List<String> objects = talk.inFrames().withFiles().watchedBy(new Passing()).objects();
        assertTrue(objects.get(0).contains("\"md5\":\"900150983cd24fb0d6963f7d28e17f72\""), objects.toString());
    }
}
