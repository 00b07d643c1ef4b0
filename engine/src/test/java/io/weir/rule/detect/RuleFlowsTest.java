package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.event.FlowEvent;
import org.junit.jupiter.api.Test;

final class RuleFlowsTest {
    private static final int MOST_KNOWN = (1 << RuleFlows.KNOWN_BITS) - 1;

    @Test
    void shouldHaveRoomForAllThatIsKnownOfAFlow() {
        assertTrue(FlowEvent.MAX_PROTOCOLS + WorkerFlows.news(true, true, true) <= MOST_KNOWN,
            "one fact more changes the flags beside what is known");
    }

    @Test
    void shouldKeepFlagsApart() {
        final int[] single = {RuleFlows.SILENT, RuleFlows.STOPPED, RuleFlows.SEALED, RuleFlows.HOLDING};
        final int[] ofSides = {RuleFlows.WATCHED, RuleFlows.UNWATCHED, RuleFlows.UNWANTED, RuleFlows.OPEN,
            RuleFlows.DIRTY, RuleFlows.BEHIND_GAP, RuleFlows.WAITING, RuleFlows.ENDED, RuleFlows.SEARCHED_AS_CLIENT,
            RuleFlows.SEARCHED_AS_SERVER, RuleFlows.FOUND};
        long sum = ((long) MOST_KNOWN << RuleFlows.KNOWN_BITS | MOST_KNOWN) << RuleFlows.KNOWN_SHIFT;
        int all = (int) sum;
        for (final int flag : single) {
            sum += Integer.toUnsignedLong(flag);
            all |= flag;
        }
        for (final int flag : ofSides) {
            sum += 3 * Integer.toUnsignedLong(flag);
            all |= 3 * flag;
        }
        assertEquals(Integer.toUnsignedLong(all), sum, "two share a bit");
    }
}
