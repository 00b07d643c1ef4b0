package io.weir.rule.pattern;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Hyperscan or Vectorscan, with nothing searched in Java. */
class HyperscanAloneTest extends PatternConformance {
    @Override
    PatternLibrary library() {
        assumeTrue(PatternLibrary.hyperscanAbsence() == null, () -> "SKIPPED: " + PatternLibrary.hyperscanAbsence());
        return HyperscanLibrary.load().withShort(-1);
    }
}
