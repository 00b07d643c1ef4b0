package io.weir.protocol.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import io.weir.protocol.dns.DnsBody;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of DNS over HTTP/2, RFC 8484. */
class DnsOverHttpTest {
    private static final String SETTINGS = "000006 04 00 00000000 0003 00000064";
    private static final String NAME = "07 6578616d706c65 03 636f6d 00";
    private static final String QUERY = "0000 0100 0001 0000 0000 0000" + NAME + "0001 0001";
    private static final String ANSWER = "0000 8180 0001 0001 0000 0000" + NAME + "0001 0001"
        + "c00c 0001 0001 00000e10 0004 01020304";
    /** Content-Type, by its number in the static table. */
    private static final String DNS_TYPE = "5f" + literal("application/dns-message");

    private static String literal(final String text) {
        return "%02x".formatted(text.length()) + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String frame(final int type, final int flags, final int stream, final String payload) {
        final String digits = payload.replace(" ", "");
        return "%06x%02x%02x%08x%s".formatted(digits.length() / 2, type, flags, stream, digits);
    }

    private static Talk connection() {
        return Talk.tcp(80).client(Talk.hex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a" + SETTINGS))
            .server(Talk.hex(SETTINGS));
    }

    /** POST of this type to /dns-query at a. */
    private static String post(final String type) {
        return frame(1, 4, 1, "83 86 44" + literal("/dns-query") + "41" + literal("a") + type);
    }

    private static String get(final String path) {
        return frame(1, 5, 1, "82 86 44" + literal(path) + "41" + literal("a"));
    }

    private static List<String> dns(final Talk talk) {
        assertEquals(0, talk.faults());
        return talk.objects().stream().filter(object -> object.startsWith("\"dns\"")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void shouldTellWhatIsPostedAndAnswered(final int segment) {
        final Talk talk = connection().client(Talk.hex(post(DNS_TYPE) + frame(0, 0, 1, QUERY.substring(0, 20))
            + frame(0, 9, 1, "02" + QUERY.substring(20) + "0000"))).server(Talk.hex(frame(1, 4, 1, "88" + DNS_TYPE)
            + frame(0, 1, 1, ANSWER))).segmented(segment);
        final List<String> told = dns(talk);
        assertEquals(2, told.size(), talk.objects()::toString);
        assertTrue(told.get(0).contains("\"queries\":[{\"rrname\":\"example.com\",\"rrtype\":\"A\"}]"), told.get(0));
        assertTrue(told.get(0).contains("\"type\":\"request\""), told.get(0));
        assertTrue(told.get(1).contains("\"type\":\"response\""), told.get(1));
        assertTrue(told.get(1).contains("\"rdata\":\"1.2.3.4\""), told.get(1));
        assertEquals(List.of("http2", "doh2"), talk.protocols());
        assertTrue(talk.flow().contains("\"app_proto\":\"doh2\",\"app_proto_orig\":\"http2\""), talk.flow());
    }

    @Test
    void shouldTellWhatATargetAsks() {
        final String asked = Base64.getUrlEncoder().withoutPadding().encodeToString(Talk.hex(QUERY));
        for (final String path : List.of("/dns-query?dns=" + asked, "/q?ct=x&dns=" + asked + "&a=b")) {
            final List<String> told = dns(connection().client(Talk.hex(get(path))));
            assertEquals(1, told.size(), path);
            assertTrue(told.get(0).contains("\"rrname\":\"example.com\""), told.get(0));
        }
        for (final String path : List.of("/?dns=", "/?dns=AAAA", "/?dns=*" + asked, "/?xdns=" + asked, "/dns=" + asked,
            "/?dns")) {
            final Talk talk = connection().client(Talk.hex(get(path)));
            assertEquals(List.of(), dns(talk), path);
            assertEquals(List.of("http2"), talk.protocols(), path);
        }
    }

    @Test
    void shouldTellNothingOfOtherBodies() {
        final String query = frame(0, 1, 1, QUERY);
        final String coded = "5a" + literal("gzip");
        for (final String type : List.of("5f" + literal("text/plain"), "5f" + literal("application/dns-messages"),
            DNS_TYPE + coded, "")) {
            assertEquals(List.of(), dns(connection().client(Talk.hex(post(type) + query))), type);
        }
        assertEquals(1, dns(connection().client(Talk.hex(post("5f" + literal("application/dns-message; a=b"))
            + query))).size());
        assertEquals(List.of(), dns(connection().client(Talk.hex(post(DNS_TYPE) + frame(0, 0, 1, QUERY)))), "no end");
        assertEquals(List.of(), dns(connection().client(Talk.hex(post(DNS_TYPE)
            + query.substring(0, 40))).gap(true, 5).client(Talk.hex(query.substring(50)))), "a gap");
    }

    @Test
    void shouldSkipAMessageThatIsTooLong() {
        final StringBuilder body = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            body.append(frame(0, 0, 1, "00".repeat(DnsBody.MOST / 2 + 1)));
        }
        final Talk talk = connection().client(Talk.hex(post(DNS_TYPE) + body + frame(0, 1, 1, "00")));
        assertEquals(List.of(), dns(talk));
        assertTrue(talk.count(Counter.PARSER_BYTES_SKIPPED) > DnsBody.MOST);
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            final byte[] request = Talk.hex(post(DNS_TYPE) + frame(0, 1, 1, QUERY) + get("/?dns=AAABAAABAAAAAAAA"));
            final byte[] response = Talk.hex(frame(1, 4, 1, "88" + DNS_TYPE) + frame(0, 1, 1, ANSWER));
            for (int flips = 0; flips < 4; flips++) {
                request[random.nextInt(request.length)] = (byte) random.nextInt();
                response[random.nextInt(response.length)] = (byte) random.nextInt();
            }
            assertEquals(0, connection().client(request).server(response).segmented(1 + random.nextInt(90)).faults());
        }
    }
}
