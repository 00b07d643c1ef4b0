package io.weir.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What RTSP announces. */
final class RtspParserTest {
    private static final String SETUP = "SETUP rtsp://cam.example:554/1 RTSP/1.0\r\nCSeq: 1\r\n\r\n";
    private static final String ANSWER = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n"
        .concat("Transport: RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001\r\n\r\nabc");
    private static final List<String> MEDIA =
        List.of("rtp/17 10.0.0.1:5000 10.0.0.2:6000", "rtcp/17 10.0.0.1:5001 10.0.0.2:6001");

    @Test
    void shouldAnnounceTheMediaOfASetup() {
        final Talk talk = Talk.tcp(554).client(SETUP).server(ANSWER);
        assertEquals("rtsp", talk.protocol());
        assertEquals(MEDIA, talk.announced());
        assertEquals(MEDIA, talk.segmented(1).announced());
    }

    @Test
    void shouldFindTheNextAnswerBehindAGap() {
        final Talk talk = Talk.tcp(554).client(SETUP).server("RTSP/1.0 200 OK\r\n").gap(false, 40)
            .server("Length: 3\r\n\r\n" + ANSWER);
        assertEquals(MEDIA, talk.announced());
    }

    @Test
    void shouldPassOverInterleavedFrames() {
        final Talk talk = Talk.tcp(554).client(SETUP).server("$\0\0\u0004\u0080\n\nx" + ANSWER);
        assertEquals(MEDIA, talk.announced());
        assertTrue(talk.segmented(1).protocols().contains("rtp"));
    }
}
