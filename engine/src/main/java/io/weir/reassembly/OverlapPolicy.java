package io.weir.reassembly;

import java.util.Locale;

/** Which copy a receiving host keeps where IP fragments or TCP segments overlap. */
public enum OverlapPolicy {
    /** The first copy. */
    FIRST(OverlapRule.OLD, OverlapRule.OLD),
    /** The last copy. */
    LAST(OverlapRule.NEW, OverlapRule.NEW),
    /** BSD and most systems that come from it. */
    BSD(OverlapRule.LEFT_ELSE_OLD, OverlapRule.LEFT_ELSE_OLD),
    /** HP JetDirect and others that favour the segment further to the right. */
    BSD_RIGHT(OverlapRule.RIGHT_ELSE_NEW, OverlapRule.LEFT_ELSE_OLD),
    /** Linux. */
    LINUX(OverlapRule.LEFT_ELSE_NEW, OverlapRule.LEFT_ELSE_LONGER),
    /** Windows. */
    WINDOWS(OverlapRule.OLD_UNLESS_SURROUNDED, OverlapRule.LEFT_ELSE_OLD),
    /** Solaris. */
    SOLARIS(OverlapRule.OLD_UNLESS_COVERED_FROM_LEFT, OverlapRule.RIGHT_END);

    private final OverlapRule fragmentRule;
    private final OverlapRule segmentRule;

    OverlapPolicy(final OverlapRule fragmentRule, final OverlapRule segmentRule) {
        this.fragmentRule = fragmentRule;
        this.segmentRule = segmentRule;
    }

    /** What decides between IP fragments. */
    public OverlapRule fragmentRule() {
        return fragmentRule;
    }

    /** What decides between TCP segments. */
    public OverlapRule segmentRule() {
        return segmentRule;
    }

    /** Name in configuration and records. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
