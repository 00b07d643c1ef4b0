package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RuleFlowTest {
    @Test
    void shouldTellWhatMatchedBeforeAlsoOnceNoMoreIsNoted() {
        final RuleFlow flow = new RuleFlow(0);
        int noted = 0;
        while (!flow.isFull()) {
            assertTrue(flow.matchesFirst(noted++));
        }
        assertEquals(32, noted);
        assertTrue(flow.hasMatched(noted - 1));
        assertFalse(flow.hasMatched(noted));
        assertFalse(flow.matchesFirst(noted));
    }
}
