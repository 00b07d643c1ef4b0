package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTimeTest {
    private static final long SECOND = EngineTime.SECOND_NS;
    private static final long START = 1_700_000_000L * SECOND + 250_000_000L;

    private final EngineTime time = new EngineTime();

    @Test
    void shouldStartAtTheFirstStamp() {
        assertFalse(time.tickDue());
        assertEquals(START, time.observe(START));
        assertEquals(START, time.nowNs());
        assertFalse(time.tickDue());
    }

    @Test
    void shouldTickAtEachWholeSecondThatPassed() {
        time.observe(START);
        time.observe(START + 3 * SECOND);
        final List<Long> ticks = takeTicks();
        assertEquals(List.of(
            1_700_000_001L * SECOND, 1_700_000_002L * SECOND, 1_700_000_003L * SECOND), ticks);
    }

    @Test
    void shouldStandStillWhenStampsGoBack() {
        time.observe(START);
        assertEquals(START - 5 * SECOND, time.observe(START - 5 * SECOND));
        assertEquals(START, time.nowNs());
        assertFalse(time.tickDue());
    }

    @Test
    void shouldNotRunOutOfTimeWhenAStampIsTheLastThereIs() {
        for (final long first : new long[] {Long.MAX_VALUE, EngineTime.LATEST_NS, Long.MIN_VALUE, 0}) {
            final EngineTime strange = new EngineTime();
            strange.observe(first);
            assertFalse(strange.tickDue(), "after " + first);
            strange.observe(Long.MIN_VALUE);
            strange.observe(Long.MAX_VALUE);
            assertFalse(strange.tickDue(), "after " + first);
        }
    }

    @Test
    void shouldNotFollowASingleStampFarAhead() {
        time.observe(START);
        assertEquals(START, time.observe(START + 2 * EngineTime.LEAP_NS));
        assertEquals(START, time.nowNs());
        assertFalse(time.tickDue());
    }

    @Test
    void shouldTakeUpALeapOnceSixteenFramesAgreeWithOneTick() {
        time.observe(START);
        final long far = START + 30 * 24 * EngineTime.LEAP_NS;
        for (int i = 0; i < EngineTime.AGREEING_FRAMES - 1; i++) {
            assertEquals(START, time.observe(far + i));
        }
        assertEquals(far + 15, time.observe(far + 15));
        assertEquals(far + 15, time.nowNs());
        assertEquals(1, takeTicks().size());
        time.observe(far + SECOND);
        assertEquals(1, takeTicks().size());
    }

    @Test
    void shouldForgetALeapWhenAnOrdinaryFrameComesBetween() {
        time.observe(START);
        final long far = START + 2 * EngineTime.LEAP_NS;
        for (int i = 0; i < 100; i++) {
            assertEquals(START, time.observe(far));
            time.observe(START);
        }
        assertEquals(START, time.nowNs());
    }

    @Test
    void shouldFollowAClockWhileSilentButNotBeforeTheFirstFrame() {
        time.advanceTo(START);
        assertFalse(time.tickDue());
        time.observe(START);
        time.advanceTo(START + SECOND);
        assertTrue(time.tickDue());
        time.advanceTo(START);
        assertEquals(START + SECOND, time.nowNs());
    }

    @Test
    void shouldGoOnAtTheSteadyPaceAfterTheClockOfStampsWasSetBack() {
        final long graceNs = SECOND;
        long steadyNs = -5 * SECOND;
        time.observe(START);
        time.keepPace(steadyNs, graceNs);
        for (int i = 1; i <= 100; i++) {
            steadyNs += SECOND / 10;
            assertEquals(START - 3_000 * SECOND + i, time.observe(START - 3_000 * SECOND + i));
            time.keepPace(steadyNs, graceNs);
        }
        assertEquals(START + 9 * SECOND, time.nowNs());
        assertEquals(9, takeTicks().size());
        time.observe(START + 20 * SECOND);
        time.keepPace(steadyNs + SECOND, graceNs);
        time.keepPace(steadyNs + 2 * SECOND, graceNs);
        assertEquals(START + 20 * SECOND, time.nowNs());
        time.keepPace(steadyNs + 3 * SECOND, graceNs);
        assertEquals(START + 21 * SECOND, time.nowNs());
    }

    @Test
    void shouldLeaveTimeToStampsThatMoveIt() {
        time.observe(START);
        for (int i = 1; i <= 10; i++) {
            time.observe(START + i * SECOND / 2);
            time.keepPace(i * SECOND, SECOND);
            assertEquals(START + i * SECOND / 2, time.nowNs());
        }
    }

    private List<Long> takeTicks() {
        final List<Long> ticks = new ArrayList<>();
        while (time.tickDue()) {
            ticks.add(time.takeTick());
        }
        return ticks;
    }
}
