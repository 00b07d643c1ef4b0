package io.weir.protocol.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import io.weir.protocol.file.Files;
import io.weir.protocol.http.HttpBuffers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of connections of HTTP/2. */
final class Http2ParserTest {
    private static final String PREFACE = "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a";
    private static final String SETTINGS = frame(4, 0, 0, "0003 00000064");
    /** GET / of www.example.com, by http. */
    private static final String GET = "828684418cf1e3c2e5f23a6ba0ab90f4ff";
    private static final String REQUEST_HEADERS = "\"request_headers\":[{\"name\":\":method\",\"value\":\"GET\"},"
        + "{\"name\":\":scheme\",\"value\":\"http\"},{\"name\":\":path\",\"value\":\"/\"},"
        + "{\"name\":\":authority\",\"value\":\"www.example.com\"}]";
    private static final String REQUEST = "\"http\":{\"version\":\"2\"," + REQUEST_HEADERS
        + ",\"http_method\":\"GET\",\"url\":\"/\",\"hostname\":\"www.example.com\"";
    private static final String OK = ",\"response_headers\":[{\"name\":\":status\",\"value\":\"200\"}],\"status\":200";
    private static final String CONNECTION = "\"http\":{\"version\":\"2\",\"http2\":{\"stream_id\":0,"
        + "\"request\":{\"settings\":[{\"settings_id\":\"SETTINGSMAXCONCURRENTSTREAMS\",\"settings_value\":100}]},"
        + "\"response\":{\"settings\":[{\"settings_id\":\"SETTINGSMAXCONCURRENTSTREAMS\",\"settings_value\":100}]}}}";

    private static String frame(final int type, final int flags, final int stream, final String payload) {
        final String digits = payload.replace(" ", "");
        return String.format("%06x%02x%02x%08x%s", digits.length() / 2, type, flags, stream, digits);
    }

    private static Talk connection() {
        return Talk.tcp(80).client(Talk.hex(PREFACE + SETTINGS)).server(Talk.hex(SETTINGS));
    }

    private static String text(final String ascii) {
        final StringBuilder digits = new StringBuilder();
        ascii.chars().forEach(value -> digits.append(String.format("%02x", value)));
        return digits.toString();
    }

    /** Checks records, in pieces of several sizes. */
    private static void assertTold(final Talk talk, final String... objects) {
        for (final int pieces : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Talk cut = talk.segmented(pieces);
            assertEquals("http2", cut.protocol());
            assertEquals(List.of(objects), cut.objects(), "in pieces of " + pieces);
            assertEquals(0, cut.faults());
        }
    }

    private static String stream(final int id) {
        return ",\"http2\":{\"stream_id\":" + id + "}}";
    }

    @Test
    void shouldTellARecordForEachStream() {
        assertTold(connection().client(Talk.hex(frame(1, 5, 1, GET) + frame(1, 5, 3, "828684be")))
            .server(Talk.hex(frame(1, 4, 3, "88") + frame(1, 5, 1, "8d") + frame(0, 1, 3, text("hello")))),
            REQUEST + OK.replace("200", "404") + ",\"length\":0" + stream(1),
            REQUEST + OK + ",\"length\":5" + stream(3), CONNECTION);
    }

    @Test
    void shouldJoinContinuationsAndTakePaddingAway() {
        assertTold(connection()
            .client(Talk.hex(frame(1, 0x29, 1, "02 00000000 0f" + GET.substring(0, 6) + "0000")
                + frame(9, 0, 1, GET.substring(6, 12)) + frame(9, 4, 1, GET.substring(12))))
            .server(Talk.hex(frame(1, 4, 1, "88") + frame(0, 9, 1, "03" + text("hello") + "000000"))),
            REQUEST + OK + ",\"length\":5,\"http2\":{\"stream_id\":1,\"request\":{\"priority\":15}}}", CONNECTION);
    }

    @Test
    void shouldTellWhyStreamsAndConnectionsEnd() {
        assertTold(connection().client(Talk.hex(frame(1, 4, 1, GET))).server(Talk.hex(frame(3, 0, 1, "00000007")))
            .client(Talk.hex(frame(7, 0, 0, "00000000 00000001"))),
            REQUEST + ",\"http2\":{\"stream_id\":1,\"response\":{\"error_code\":\"REFUSEDSTREAM\"}}}",
            CONNECTION.replace("100}]},\"resp", "100}],\"error_code\":\"PROTOCOLERROR\"},\"resp"));
    }

    @Test
    void shouldTellHowACallOfGrpcEnds() {
        final String status = "40" + "0b" + text("grpc-status") + "01" + text("5");
        assertTold(connection().client(Talk.hex(frame(1, 4, 1, GET) + frame(0, 1, 1, "0000000000")))
            .server(Talk.hex(frame(1, 4, 1, "88") + frame(0, 0, 1, "0000000000") + frame(1, 5, 1, status))),
            REQUEST + OK + ",\"length\":5,\"http2\":{\"stream_id\":1}},\"weir\":{\"grpc_status\":5}", CONNECTION);
    }

    @Test
    void shouldTellTheAnswerBehindAnUpgrade() {
        final Talk talk = Talk.tcp(80)
            .client("GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
            .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
            .server(Talk.hex(SETTINGS)).client(Talk.hex(PREFACE + SETTINGS))
            .server(Talk.hex(frame(1, 4, 1, "88") + frame(0, 1, 1, text("hello"))));
        assertEquals(List.of("http", "http2"), talk.protocols());
        final String request = "\"http_method\":\"GET\",\"url\":\"/a\",\"hostname\":\"a\"";
        assertEquals("\"http\":{\"version\":\"2\"," + request + OK + ",\"length\":5" + stream(1),
            talk.objects().get(1));
        for (final int pieces : new int[] {1, 7}) {
            assertEquals(talk.objects(), talk.segmented(pieces).objects());
        }
    }

    @Test
    void shouldForgetTheRequestOfAnUpgradeToSomethingElse() {
        for (final String after : List.of("", "SSH-2.0-x\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")) {
            final Talk talk = Talk.tcp(80)
                .client("GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + after);
            assertEquals(0, talk.faults());
            assertEquals(1, talk.objects().stream().filter(object -> object.contains("\"url\":\"/a\"")).count());
        }
    }

    @Test
    void shouldGoOnBehindAGapWithinData() {
        assertTold(connection().client(Talk.hex(frame(1, 5, 1, GET) + frame(1, 5, 3, "828684be")))
            .server(Talk.hex(frame(1, 4, 1, "88") + frame(0, 1, 1, text("hello")).substring(0, 20)))
            .gap(false, 3).server("o").server(Talk.hex(frame(1, 5, 3, "88"))),
            REQUEST + OK + ",\"length\":5" + stream(1), REQUEST + OK + ",\"length\":0" + stream(3), CONNECTION);
    }

    @Test
    void shouldGiveASideUpBehindAnyOtherGap() {
        final Talk talk = connection().client(Talk.hex(frame(1, 5, 1, GET))).gap(false, 20)
            .server(Talk.hex(frame(1, 5, 1, "88")));
        assertEquals(REQUEST + stream(1), talk.objects().get(0));
        assertEquals(0, talk.faults());
    }

    @Test
    void shouldShowRulesWhatTheyShowOfHttp1() {
        final Watcher watcher = Watcher.of(HttpBuffers.URI, HttpBuffers.REQUEST_HEADER, HttpBuffers.STATUS_CODE,
            HttpBuffers.REQUEST_BODY, Files.DATA, Http2Fields.ERROR_CODE);
        connection().client(Talk.hex(frame(1, 4, 1, GET) + frame(0, 0, 1, text("he")) + frame(0, 1, 1, text("llo"))))
            .server(Talk.hex(frame(1, 4, 1, "88") + frame(0, 0, 1, text("world")) + frame(3, 0, 1, "00000002")))
            .watchedBy(watcher).records();
        assertEquals(List.of("> http.uri.normalized=/", "> http.request_header=:method: GET",
            "> http.request_header=:scheme: http", "> http.request_header=:path: /",
            "> http.request_header=:authority: www.example.com", "> http.request_body=hello", "< http.stat_code=200",
            "< file.data=world", "< http2.errorcode=2"), watcher.told());
        assertTrue(watcher.stages().contains("0 CLIENT"), watcher.stages()::toString);
    }

    @Test
    void shouldCloseTheOldestOfTooManyStreams() {
        final StringBuilder requests = new StringBuilder(frame(1, 5, 1, GET));
        for (int i = 1; i < Http2Streams.MOST + 2; i++) {
            requests.append(frame(1, 5, 2 * i + 1, "828684be"));
        }
        final Talk talk = connection().client(Talk.hex(requests.toString()));
        assertTrue(talk.objects().get(0).contains("TOO_MANY_STREAMS"), talk.objects()::toString);
        assertEquals(REQUEST + stream(1), talk.objects().get(1));
        assertEquals(Http2Streams.MOST + 2 + 2, talk.objects().size());
    }
}
