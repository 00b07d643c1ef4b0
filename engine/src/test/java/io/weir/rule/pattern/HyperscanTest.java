package io.weir.rule.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** Hyperscan or Vectorscan, whichever is installed. */
class HyperscanTest extends PatternConformance {
    @Override
    PatternLibrary library() {
        assumeTrue(PatternLibrary.hyperscanAbsence() == null, () -> "SKIPPED: " + PatternLibrary.hyperscanAbsence());
        return PatternLibrary.choose(PatternLibrary.Choice.HYPERSCAN);
    }

    @Test
    void shouldBeChosenWhereItIsInstalled() {
        assertEquals(library(), PatternLibrary.choose(PatternLibrary.Choice.AUTO));
        assertTrue(library().description().matches("(Hyper|Vector)scan 5\\.[0-9.]+"), library().description());
    }

    @Test
    void shouldSayWhatIsMissingAndWhatToDo() {
        final PatternException absent =
            assertThrows(PatternException.class, () -> HyperscanLibrary.open("libabsent.so.5"));
        assertTrue(absent.getMessage().contains("libabsent.so.5"), absent.getMessage());
        assertTrue(absent.getMessage().contains("install libhyperscan5"), absent.getMessage());
        final PatternException other = assertThrows(PatternException.class, () -> HyperscanLibrary.open("libm.so.6"));
        assertTrue(other.getMessage().contains("lacks functions"), other.getMessage());
    }
}
