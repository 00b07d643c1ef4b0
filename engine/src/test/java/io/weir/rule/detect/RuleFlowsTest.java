package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counters;
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

    @Test
    void shouldTellWhatIsKeptOfAFlowUntilAnotherBegins() {
        try (Counters counters = new Counters(); WindowMemory memory = new WindowMemory(WindowMemory.MAX);
            RuleFlows flows = new RuleFlows(200, 10, memory, counters)) {
            for (long handle = 60; handle < 70; handle++) {
                flows.start(handle);
            }
            flows.mute(63, RuleFlows.STOPPED);
            flows.mute(64, RuleFlows.SILENT);
            final RuleFlow kept = flows.get(66);

            assertTrue(flows.isMuted(63) && flows.isMuted(64) && !flows.isMuted(62) && !flows.isMuted(66));
            assertTrue(flows.isSilent(64) && !flows.isSilent(63));
            assertSame(kept, flows.find(66));
            assertNull(flows.find(64), "silenced, but nothing is kept");
            flows.end(66);
            assertNull(flows.find(66));
            for (long handle = 60; handle < 70; handle++) {
                flows.start(handle);
                assertTrue(!flows.isMuted(handle) && !flows.isSilent(handle) && flows.find(handle) == null);
            }
        }
    }

    @Test
    void shouldKeepWhatFlowsHadBeforeEachHasALine() {
        try (Counters counters = new Counters(); WindowMemory memory = new WindowMemory(WindowMemory.MAX);
            RuleFlows flows = new RuleFlows(200, 10, memory, counters)) {
            for (long handle = 0; handle < 5; handle++) {
                flows.start(handle);
                flows.set(handle, 7);
            }
            flows.mute(1, RuleFlows.SILENT);
            final RuleFlow kept = flows.get(3);
            assertTrue(flows.set(1) == 0 && flows.set(3) == 0, "what was there before the flow is gone");
            flows.set(3, 9);

            flows.keep(4);
            assertTrue(flows.isKeeping() && flows.isSilent(1) && flows.flags(1) == RuleFlows.SILENT);
            assertSame(kept, flows.find(3));
            assertTrue(flows.set(3) == 9 && flows.set(0) == 0 && flows.set(2) == 0 && flows.set(4) == 0);
            flows.start(3);
            assertTrue(flows.find(3) == null && flows.set(3) == 0);
        }
    }
}
