package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What becomes of flows that no protocol is recognised in. */
final class TalkTest {
    @Test
    void shouldSayThatContentWasNotRecognised() {
        final Talk talk = Talk.tcp(9).client("\u00fe".repeat(80)).server("\u00fe".repeat(80));
        assertNull(talk.protocol());
        assertEquals(Confidence.NONE, talk.confidence());
        assertTrue(talk.flow().contains("\"app_proto\":\"failed\""), talk.flow());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldSayNothingOfAFlowWithoutContent() {
        final Talk talk = Talk.tcp(9);
        assertNull(talk.protocol());
        assertTrue(!talk.flow().contains("app_proto"), talk.flow());
    }

    @Test
    void shouldTurnAFlowWhoseBeginningIsMissingAlone() {
        final String banner = "SSH-2.0-OpenSSH_9.6\r\n";
        final String answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        assertEquals("ssh", Talk.tcp(22).server(banner).protocol());
        final Talk midStream = Talk.tcp(80).midStream().client(answer);
        assertEquals("http", midStream.protocol());
        assertTrue(midStream.flow().contains("\"src_ip\":\"10.0.0.2\""), midStream.flow());
        final Talk fromSyn = Talk.tcp(80).client(answer);
        assertTrue(fromSyn.flow().contains("\"src_ip\":\"10.0.0.1\""), fromSyn.flow());
    }
}
