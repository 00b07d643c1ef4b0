package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import io.weir.protocol.dns.DnsBody;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of DNS over HTTP/1.1, RFC 8484. */
final class DnsInHttpTest {
    private static final String NAME = "07 6578616d706c65 03 636f6d 00";
    private static final String QUERY =
        latin("0000 0100 0001 0000 0000 0000" + NAME + "0001 0001");
    private static final String ANSWER =
        latin("0000 8180 0001 0001 0000 0000" + NAME + "0001 0001" + "c00c 0001 0001 00000e10 0004 01020304");
    private static final String TYPE = "Content-Type: application/dns-message\r\n";

    private static String latin(final String digits) {
        final StringBuilder text = new StringBuilder();
        for (final byte value : Talk.hex(digits)) {
            text.append((char) (value & 0xff));
        }
        return text.toString();
    }

    private static String post(final String headers, final String body) {
        return "POST /dns-query HTTP/1.1\r\nHost: a\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
            + body;
    }

    private static String get(final String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\nAccept: application/dns-message\r\n\r\n";
    }

    private static String ok(final String body) {
        return "HTTP/1.1 200 OK\r\n" + TYPE + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(final String body) {
        return "HTTP/1.1 200 OK\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n"
            + "5\r\n" + body.substring(0, 5) + "\r\n" + Integer.toHexString(body.length() - 5) + "\r\n"
            + body.substring(5) + "\r\n0\r\n\r\n";
    }

    private static List<String> dns(final Talk talk) {
        assertEquals(0, talk.faults());
        return talk.objects().stream().filter(object -> object.startsWith("\"dns\"")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void shouldTellWhatIsPostedAndAnswered(final int segment) {
        final Talk talk = Talk.tcp(80).client(post(TYPE, QUERY)).server(ok(ANSWER)).client(post(TYPE, QUERY))
            .server(chunked(ANSWER)).segmented(segment);
        final List<String> told = dns(talk);
        assertEquals(4, told.size(), talk.objects()::toString);
        for (int i = 0; i < told.size(); i++) {
            final String one = told.get(i);
            assertTrue(one.contains("\"queries\":[{\"rrname\":\"example.com\",\"rrtype\":\"A\"}]"), one);
            assertTrue(one.contains(i % 2 == 0 ? "\"type\":\"request\"" : "\"type\":\"response\""), one);
            assertTrue(one.contains("\"tx_id\":" + i), one);
        }
        assertTrue(told.get(1).contains("\"rdata\":\"1.2.3.4\""), told.get(1));
        assertEquals(List.of("http", "doh2"), talk.protocols());
        assertTrue(talk.flow().contains("\"app_proto\":\"http\""), talk.flow());
        assertEquals(2, talk.objects().stream().filter(object -> object.startsWith("\"http\"")).count());
    }

    @Test
    void shouldTellWhatATargetAsks() {
        final String asked = Base64.getUrlEncoder().withoutPadding().encodeToString(Talk.text(QUERY));
        for (final String target : List.of("/dns-query?dns=" + asked, "/q?ct=x&dns=" + asked + "&a=b",
            "http://a/dns-query?dns=" + asked)) {
            final List<String> told = dns(Talk.tcp(80).client(get(target)).server(ok(ANSWER)));
            assertEquals(2, told.size(), target);
            assertTrue(told.get(0).contains("\"rrname\":\"example.com\""), told.get(0));
        }
        for (final String target : List.of("/?dns=", "/?dns=AAAA", "/?dns=*" + asked, "/?xdns=" + asked,
            "/dns=" + asked, "/?dns")) {
            final Talk talk = Talk.tcp(80).client(get(target)).server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertEquals(List.of(), dns(talk), target);
            assertEquals(List.of("http"), talk.protocols(), target);
        }
    }

    @Test
    void shouldTellNothingOfOtherBodies() {
        for (final String headers : List.of("", "Content-Type: text/plain\r\n",
            "Content-Type: application/dns-messages\r\n", TYPE + "Content-Encoding: gzip\r\n",
            "Content-Encoding: gzip\r\n" + TYPE)) {
            assertEquals(List.of(), dns(Talk.tcp(80).client(post(headers, QUERY))), headers);
        }
        assertEquals(1, dns(Talk.tcp(80).client(post("Content-Type: application/dns-message; a=b\r\n", QUERY))).size());
        final String request = post(TYPE, QUERY);
        final int cut = request.length() - 9;
        final Talk half = Talk.tcp(80).client(request.substring(0, cut));
        assertEquals(List.of(), dns(half), "no end");
        assertEquals(QUERY.length() - 9, half.count(Counter.PARSER_BYTES_SKIPPED));
        assertEquals(List.of(), dns(Talk.tcp(80).client(request.substring(0, cut - 5)).gap(true, 5)
            .client(request.substring(cut))), "a gap");
    }

    @Test
    void shouldTellNothingOfAMessageThatIsTooLong() {
        final Talk talk = Talk.tcp(80).client(post(TYPE, QUERY + "x".repeat(DnsBody.MOST))).server(ok(ANSWER));
        assertEquals(1, dns(talk).size());
        assertEquals(2, talk.objects().size(), talk.objects()::toString);
        assertTrue(talk.count(Counter.PARSER_BYTES_SKIPPED) >= DnsBody.MOST);
        assertEquals(talk.objects(), talk.segmented(1000).objects());
    }
}
