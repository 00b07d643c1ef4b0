package io.weir.rule.match;

/** How common bytes are in what networks carry, roughly: for choosing what is looked for first. */
public final class ByteCommonness {
    private static final String MOST_COMMON = " etaoinsr/\r\n0";
    private static final String COMMON = "lhdcumpfgwyb.:-=1234567890;,\"<>&?TSCAE";

    private ByteCommonness() {
    }

    /** From 1 for bytes that are seldom seen to 8. */
    public static int of(final byte value) {
        if (value == 0 || value == -1) {
            return 8;
        }
        if (MOST_COMMON.indexOf(value) >= 0) {
            return 7;
        }
        if (COMMON.indexOf(value) >= 0) {
            return 5;
        }
        return value > ' ' && value <= '~' ? 3 : 1;
    }
}
