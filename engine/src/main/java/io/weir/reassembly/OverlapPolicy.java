package io.weir.reassembly;

import java.util.Locale;

/**
 * Which copy a receiving host keeps where IP fragments or TCP segments overlap. One host may follow different rules for
 * both.
 *
 * <p>What hosts do was measured by Shankar and Paxson, "Active Mapping" (2003), Novak, "Target-Based Fragmentation
 * Reassembly" (2005), and Novak and Sturges, "Target-Based TCP Stream Reassembly" (2007); {@code OverlapPolicyTest}
 * holds their tables.
 */
public enum OverlapPolicy {
    /** The first copy, always. */
    FIRST(OverlapRule.OLD, OverlapRule.OLD),
    /** The last copy, always; Cisco IOS. */
    LAST(OverlapRule.NEW, OverlapRule.NEW),
    /** BSD and most systems that come from it; AIX. */
    BSD(OverlapRule.LEFT_ELSE_OLD, OverlapRule.LEFT_ELSE_OLD),
    /** HP JetDirect: favours the fragment that ends further to the right. Nothing is published for its TCP. */
    BSD_RIGHT(OverlapRule.RIGHT_END_ELSE_LONGER, OverlapRule.LEFT_ELSE_OLD),
    /** Linux 2.4 and later as published; from 4.19 on Linux drops IPv4 datagrams whose fragments overlap in part. */
    LINUX(OverlapRule.LEFT_ELSE_NEW, OverlapRule.LEFT_ELSE_LONGER),
    /** Linux 2.2 and earlier. */
    OLD_LINUX(OverlapRule.LEFT_ELSE_NEW, OverlapRule.LEFT_ELSE_LONGER_ELSE_NEW),
    /** Windows up to XP and Server 2003. */
    WINDOWS(OverlapRule.OLD_UNLESS_SURROUNDED, OverlapRule.LEFT_ELSE_OLD),
    /** Windows Vista and later. */
    WINDOWS_VISTA(OverlapRule.OLD_UNLESS_SURROUNDED, OverlapRule.OLD),
    /** Solaris. */
    SOLARIS(OverlapRule.OLD_UNLESS_COVERED_FROM_LEFT, OverlapRule.RIGHT_END_ELSE_LONGER),
    /** Mac OS. */
    MACOS(OverlapRule.OLD, OverlapRule.LEFT_ELSE_OLD),
    /** IRIX. */
    IRIX(OverlapRule.LEFT_ELSE_OLD, OverlapRule.LEFT_ELSE_LONGER),
    /** HP-UX 10. */
    HPUX10(OverlapRule.LEFT_ELSE_OLD, OverlapRule.LEFT_ELSE_LONGER),
    /** HP-UX 11. */
    HPUX11(OverlapRule.OLD, OverlapRule.RIGHT_END_ELSE_LONGER);

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
