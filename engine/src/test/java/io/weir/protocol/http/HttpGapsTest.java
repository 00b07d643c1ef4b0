package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Behind missing bytes, no response is told with the request of another. */
final class HttpGapsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String ALONE = "\"http\":{\"status\":200,\"length\":0}";

    private static String get(final int number) {
        return "GET /" + number + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String told(final int number) {
        return half(number).replace("\"length", "\"status\":200,\"length");
    }

    private static String half(final int number) {
        return "\"http\":{\"http_method\":\"GET\",\"url\":\"/" + number
            + "\",\"protocol\":\"HTTP/1.1\",\"hostname\":\"a\",\"length\":0}";
    }

    @Test
    void shouldPairNoneBehindARequestOfAPipelineThatIsMissing() {
        final Talk talk = Talk.tcp(80).client(get(1)).gap(true, 60).client(get(3)).later()
            .server(OK + OK + OK).client(get(4)).server(OK);
        assertEquals(List.of(told(1), half(3), ALONE, ALONE, half(4), ALONE), talk.objects());
    }

    @Test
    void shouldPairNoneBehindAMissingRequestWhileAResponseComes() {
        final Talk talk = Talk.tcp(80).client(get(1)).server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nx")
            .gap(true, 60).client(get(3)).later().server("yz" + OK + OK);
        assertEquals(List.of(told(1).replace(":0}", ":3}"), half(3), ALONE, ALONE), talk.objects());
    }

    @Test
    void shouldPairNoneOfAKnownPipelineBehindAMissingRequest() {
        final Talk talk = Talk.tcp(80).client(get(1) + get(2)).server(OK + OK).later()
            .gap(true, 60).client(get(4)).server(OK + OK);
        assertEquals(List.of(told(1), told(2), half(4), ALONE, ALONE), talk.objects());
    }

    @Test
    void shouldPairWhatFollowsAMissingRequestOfAClientThatWaits() {
        assertEquals(List.of(told(1), ALONE, told(3)), Talk.tcp(80).client(get(1)).server(OK).server(OK).later()
            .gap(true, 60).later().client(get(3)).server(OK).objects());
        assertEquals(List.of(told(1), ALONE, told(3), told(4)), Talk.tcp(80).client(get(1)).server(OK).later()
            .gap(true, 60).later().server(OK).later().client(get(3)).server(OK).client(get(4)).server(OK).objects());
    }

    @Test
    void shouldNotPairWhatFollowsAMissingRequestThatWasNotAnswered() {
        assertEquals(List.of(told(1), half(3), ALONE, ALONE), Talk.tcp(80).client(get(1)).server(OK).later()
            .gap(true, 60).client(get(3)).server(OK + OK).objects(), "the first may be that of the missing one");
        assertEquals(List.of(told(1), told(4)), Talk.tcp(80).client(get(1)).server(OK).later().gap(true, 60).later()
            .gap(false, 60).later().client(get(4)).server(OK).objects(), "its response may be missing too");
    }

    @Test
    void shouldPairNoneOfTheFirstPipelineBehindAMissingRequest() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).later().gap(true, 90).later().server(OK).later()
            .client(get(4)).later().client(get(5)).later().server(OK + OK + OK).client(get(6)).server(OK);
        assertEquals(List.of(told(1), ALONE, half(4), half(5), ALONE, ALONE, ALONE, half(6), ALONE), talk.objects());
    }

    @Test
    void shouldPairNoMoreWhereAClientAsksDuringAResponseBehindAMissingRequest() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).later().gap(true, 90).later().server(OK).later()
            .client(get(4)).server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nx").later().client(get(5)).later()
            .server("yz" + OK + OK);
        assertEquals(List.of(told(1), ALONE, told(4).replace(":0}", ":3}"), half(5), ALONE, ALONE), talk.objects());
    }

    @Test
    void shouldPairNoneOfRequestsInOnePieceBehindAMissingResponse() {
        final Talk talk = Talk.tcp(80).client(get(1) + get(2) + get(3)).later().gap(false, 60).later().server(OK)
            .later().server(OK);
        assertEquals(List.of(half(1), half(2), half(3), ALONE, ALONE), talk.objects());
    }

    @Test
    void shouldNotLetARequestWaitThatWasAnsweredBeforeItsGapWasKnown() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).later().server(OK).later().server(OK + OK).later()
            .gap(true, 60).client(get(3) + get(4)).later().client(get(5)).later().server(OK);
        assertEquals(List.of(told(1), ALONE, ALONE, ALONE, half(3), half(4), told(5)), talk.objects());
    }

    @Test
    void shouldNotLetRequestsWaitThatWereAnsweredThoughTheyComeOneByOne() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).later().server(OK).later().server(OK + OK).later()
            .gap(true, 60).client(get(3)).client(get(4)).later().client(get(5)).later().server(OK);
        assertEquals(List.of(told(1), ALONE, ALONE, ALONE, half(3), half(4), told(5)), talk.objects());
    }

    @Test
    void shouldFindARequestBehindASecondGapThatCutALine() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).later().gap(true, 60).client("a=1&b=2&c=3").later()
            .gap(true, 60).later().server(OK).later().client(get(5)).later().server(OK);
        assertEquals(List.of(told(1), ALONE, told(5)), talk.objects());
    }

    @Test
    void shouldNotCountAsSkippedWhatIsReadWhenATunnelIsRefused() {
        final Talk talk = Talk.tcp(80).client("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n" + get(2)).close(true)
            .server("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n" + OK);
        assertEquals(2, talk.objects().size());
        assertEquals(0, talk.count(Counter.PARSER_BYTES_SKIPPED));
    }

    @Test
    void shouldPairNoneOfAPipelineBehindMissingResponses() {
        final Talk talk = Talk.tcp(80).client(get(1) + get(2)).server(OK + OK).client(get(3) + get(4) + get(5)).later()
            .gap(false, 60).later().server(OK).client(get(6)).server(OK);
        assertEquals(List.of(told(1), told(2), half(3), half(4), half(5), ALONE, half(6), ALONE), talk.objects());
    }

    @Test
    void shouldNotPairAResponseThatCameBeforeItsGapWasKnownWithALaterRequest() {
        final Talk talk = Talk.tcp(80).client(get(1)).later().client(get(2)).later().client(get(3)).later()
            .gap(false, 60).server(OK).later().server(OK).client(get(4)).server(OK);
        assertEquals(List.of(half(1), ALONE, half(2), told(3), told(4)), talk.objects());
    }

    @Test
    void shouldPairTheLastOfTwoWhereTheResponseToTheFirstLacksItsBeginning() {
        final Talk talk = Talk.tcp(80).client(get(1)).server(OK).client(get(2)).later().client(get(3)).later()
            .gap(false, 60).server(OK).later().client(get(4)).server(OK);
        assertEquals(List.of(told(1), half(2), told(3), told(4)), talk.objects());
    }

    @Test
    void shouldPairAgainBehindGapsOfBothSidesOfAClientThatWaits() {
        final Talk talk = Talk.tcp(80).client(get(1)).later().gap(true, 60).client(get(3)).later()
            .gap(false, 60).later().server(OK).client(get(4)).server(OK);
        assertEquals(List.of(half(1), told(3), told(4)), talk.objects());
    }
}
