package io.weir.protocol.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NtpTest {
    private static final byte[] REQUEST = Talk.hex("23000020" + "00".repeat(36) + "c50204eced429294");
    private static final byte[] RESPONSE = Talk.hex("240203e9 00000100 00000200 c0000201" + "c5".repeat(32));

    @Test
    void shouldTellEachMessage() {
        final Talk talk = Talk.udp(123).client(REQUEST).server(RESPONSE);
        assertEquals("ntp", talk.protocol());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertEquals(List.of("\"ntp\":{\"version\":4,\"mode\":3,\"stratum\":0,\"reference_id\":\"00:00:00:00\"}",
            "\"ntp\":{\"version\":4,\"mode\":4,\"stratum\":2,\"reference_id\":\"c0:00:02:01\"}"), talk.objects());
    }

    @Test
    void shouldKnowWhoTheServerIsFromItsResponse() {
        assertTrue(Talk.udp(123, 40_001).client(RESPONSE).flow().contains("\"dest_port\":123"));
    }

    @Test
    void shouldRecogniseControlAndPrivateMessages() {
        assertEquals("ntp", Talk.udp(123).client(Talk.hex("16020001 00000000 00000000")).protocol());
        assertEquals("ntp", Talk.udp(123).client(Talk.hex("1700032a 00000000")).protocol());
    }

    @Test
    void shouldNotTakeRandomBytesForTime() {
        final Random random = new Random(5);
        int wrong = 0;
        for (int i = 0; i < 2000; i++) {
            final byte[] bytes = new byte[48];
            random.nextBytes(bytes);
            System.arraycopy(REQUEST, 0, bytes, 0, 4);
            wrong += Talk.udp(123).client(bytes).protocol() == null ? 0 : 1;
        }
        assertTrue(wrong <= 2, "labels for random bytes");
        assertNull(Talk.udp(5000).client(REQUEST).protocol());
    }

    @Test
    void shouldBeProvenByItsAnswerOnAnyPort() {
        final byte[] answer = Talk.hex("240203e9 00000100 00000200 c0000201 c5020400 00000000 c50204ec ed429294"
            + "c50204ec ee000000 c50204ec ee000001");
        final Talk talk = Talk.udp(5000).client(REQUEST).server(answer);
        assertEquals("ntp", talk.protocol());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertEquals(List.of("\"ntp\":{\"version\":4,\"mode\":3,\"stratum\":0,\"reference_id\":\"00:00:00:00\"}",
            "\"ntp\":{\"version\":4,\"mode\":4,\"stratum\":2,\"reference_id\":\"c0:00:02:01\"}"), talk.objects());
        assertTrue(Talk.udp(5000, 40_001).client(answer).server(REQUEST).client(answer).flow()
            .contains("\"dest_port\":5000"), "turned");
        assertNull(Talk.udp(5000).client(REQUEST).server(RESPONSE).protocol(), "another question's");
        assertNull(Talk.udp(5000).client(REQUEST).client(answer).protocol(), "the same side's");
        assertNull(Talk.udp(5000).client(REQUEST).server(Arrays.copyOf(answer, 47)).protocol(), "too short");
        assertNull(Talk.udp(5000).client(new byte[48]).server(new byte[48]).protocol(), "nothing");
        final byte[] unsent = Arrays.copyOf(REQUEST, 40);
        assertNull(Talk.udp(5000).client(Arrays.copyOf(unsent, 48)).server(Arrays.copyOf(unsent, 48)).protocol(),
            "no time in it");
    }
}
