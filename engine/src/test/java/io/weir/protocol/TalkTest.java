package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What becomes of flows that no protocol is recognised in. */
final class TalkTest {
    @Test
    void shouldSayThatContentWasNotRecognised() {
        final Talk talk = Talk.tcp(9).client("\u00fe".repeat(40)).server("\u00fe".repeat(40));
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
}
