package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClosingPatienceTest {
    private static final long BEGAN_NS = Long.MAX_VALUE - 1;

    private static ClosingPatience of(final boolean regular) {
        return new ClosingPatience(regular, 7, BEGAN_NS);
    }

    @Test
    void shouldWaitForAFileWhoseWriterGetsNoProcessorForSeconds() {
        final ClosingPatience patience = of(true);
        assertTrue(patience.lasts(7, false, BEGAN_NS + 5 * ClosingPatience.SHORT_NS));
        assertFalse(patience.lasts(7, false, BEGAN_NS + ClosingPatience.QUIET_NS));
    }

    @Test
    void shouldWaitOnForAFileThatGetsFurtherButNotForEver() {
        final ClosingPatience patience = of(true);
        long nowNs = BEGAN_NS;
        long done = 7;
        while (nowNs - BEGAN_NS < ClosingPatience.MOST_NS) {
            assertTrue(patience.lasts(++done, false, nowNs));
            nowNs += ClosingPatience.QUIET_NS - 1;
        }
        assertFalse(patience.lasts(++done, false, nowNs));
    }

    @Test
    void shouldNotWaitLongForAPipe() {
        final ClosingPatience patience = of(false);
        assertTrue(patience.lasts(8, false, BEGAN_NS + ClosingPatience.SHORT_NS - 1));
        assertFalse(patience.lasts(9, false, BEGAN_NS + ClosingPatience.SHORT_NS));
    }

    @Test
    void shouldNotWaitLongForAFileInAHurry() {
        final ClosingPatience patience = of(true);
        final long hurriedNs = BEGAN_NS + 5 * ClosingPatience.SHORT_NS;
        assertTrue(patience.lasts(7, true, hurriedNs));
        assertTrue(patience.lasts(7, true, hurriedNs + ClosingPatience.SHORT_NS - 1));
        assertFalse(patience.lasts(8, true, hurriedNs + ClosingPatience.SHORT_NS));
    }
}
