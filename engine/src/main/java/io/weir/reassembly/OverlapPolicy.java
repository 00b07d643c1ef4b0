package io.weir.reassembly;

import java.util.Locale;

/** Which copy a receiving host keeps where IP fragments or TCP segments overlap. */
public enum OverlapPolicy {
    /** The first copy. */
    FIRST,
    /** The last copy. */
    LAST,
    /** BSD and most systems that come from it. */
    BSD,
    /** HP JetDirect and others that favour the segment further to the right. */
    BSD_RIGHT,
    /** Linux. */
    LINUX,
    /** Windows. */
    WINDOWS,
    /** Solaris. */
    SOLARIS;

    /** Name in configuration and records. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
