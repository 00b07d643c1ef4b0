package io.weir.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class SipTest {
    private static final String OFFER = String.join("\r\n", "v=0", "o=ann 1 1 IN IP4 10.0.0.1", "s=call",
        "c=IN IP4 10.0.0.9", "t=0 0", "r=1 2", "t=5 6", "a=x", "a=y", "m=audio 4000 RTP/AVP 0 8", "b=AS:64",
        "a=sendrecv", "m=video 0 RTP/AVP 31", "c=IN IP4 10.0.0.8", "");
    private static final String INVITE = String.join("\r\n", "INVITE sip:bob@b.example SIP/2.0", "Via: SIP/2.0/UDP h",
        "c: application/sdp", "Content-Length: " + OFFER.length(), "", "") + OFFER;
    private static final String TRYING = "SIP/2.0 100 Trying hard\r\nContent-Length: 0\r\n\r\n";
    private static final List<String> RECORDS = List.of(
        "\"sip\":{\"method\":\"INVITE\",\"uri\":\"sip:bob@b.example\",\"version\":\"SIP/2.0\","
            + "\"request_line\":\"INVITE sip:bob@b.example SIP/2.0\",\"sdp\":{\"version\":0,"
            + "\"origin\":\"ann 1 1 IN IP4 10.0.0.1\",\"session_name\":\"call\","
            + "\"connection_data\":\"IN IP4 10.0.0.9\",\"time_descriptions\":[{\"time\":\"0 0\","
            + "\"repeat_time\":\"1 2\"},{\"time\":\"5 6\"}],\"attributes\":[\"x\",\"y\"],"
            + "\"media_descriptions\":[{\"media\":\"audio 4000 RTP/AVP 0 8\",\"bandwidths\":[\"AS:64\"],"
            + "\"attributes\":[\"sendrecv\"]},{\"media\":\"video 0 RTP/AVP 31\","
            + "\"connection_data\":\"IN IP4 10.0.0.8\"}]}}",
        "\"sip\":{\"version\":\"SIP/2.0\",\"code\":\"100\",\"reason\":\"Trying hard\","
            + "\"response_line\":\"SIP/2.0 100 Trying hard\"}");

    @Test
    void shouldRecordDatagrams() {
        final Talk talk = Talk.udp(5060).client(INVITE).server(TRYING).client("\r\n\r\n");
        assertEquals("sip", talk.protocol());
        assertEquals(RECORDS, talk.objects());
        assertEquals(List.of("rtp/17 10.0.0.9:4000 10.0.0.2:0"), talk.announced());
    }

    @Test
    void shouldRecordStreams() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 11}) {
            final Talk talk = Talk.tcp(5060).client(INVITE + "BYE x SIP/2.0\r\nl: 5\r\n\r\n12345").server(TRYING)
                .client("ACK x SIP/2.0\r\n").segmented(bytes);
            assertEquals("sip", talk.protocol());
            assertEquals(4, talk.records().size());
            assertEquals(RECORDS.get(0), talk.objects().get(0));
            assertEquals("\"sip\":{\"method\":\"ACK\",\"uri\":\"x\",\"version\":\"SIP/2.0\","
                + "\"request_line\":\"ACK x SIP/2.0\"}", talk.objects().get(3));
        }
    }

    @Test
    void shouldSurviveGapsAndHostileDescriptions() {
        final Talk talk = Talk.tcp(5060).client(INVITE.substring(0, 100)).gap(true, 50).client("x\r\n").client(INVITE)
            .client("NOTIFY x SIP/2.0\r\nContent-Length: 99999999999999999999\r\nc: application/sdp\r\n\r\n");
        assertEquals(0, talk.faults());
        assertEquals(3, talk.records().size());
        final Talk odd = Talk.udp(5060).client("""
            INVITE x SIP/2.0
            c: application/sdp

            m=
            m=a
            m=a 1
            a=
            c=IN IP4 1.2
            a=1
            b=1
            a=2
            v=x
            t=
            r=1
            """);
        assertEquals(0, odd.faults());
        assertEquals(1, odd.records().size());
    }

    @Test
    void shouldNotTakeOtherTextForIt() {
        assertNull(Talk.udp(5060).client("INVITE sip:x HTTP/1.1\r\n\r\n").protocol());
        assertNull(Talk.udp(5060).client("hello").protocol());
        assertNull(Talk.tcp(5060).client("SIP/2.0 9999\r\n").protocol());
        assertEquals("sip", Talk.tcp(9).server("SIP/2.0 200 OK\r\n").segmented(1).protocol());
    }
}
