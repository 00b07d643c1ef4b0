package io.weir.rule.match;

import io.weir.rule.regex.RegexMatcher;

/**
 * What asking a rule needs for the time of asking: its variables, its limit of steps, memory for what is decoded. One
 * for each worker.
 *
 * <p>The limit is a budget: looking at a byte costs 1, a step {@link #STEP_COST}. A rule that has used it up does not
 * match, and that is counted, so that no rule and no traffic can hold up a worker.
 */
public final class Matching {
    /** Most variables of a rule. */
    public static final int VARIABLES = 16;
    /** Budget of a rule for each frame, stream piece or transaction it is asked about. */
    public static final int BUDGET = 1 << 20;

    static final int STEP_COST = 16;
    private static final int SCRATCH = 64 * 1024;

    private final long[] variables = new long[VARIABLES];
    private final Input decoded = new Input();
    private final byte[] decodedBytes = new byte[SCRATCH];
    private final int[] histogram = new int[256];
    private final NumberPlace place = new NumberPlace();
    private final AddressReader address = new AddressReader();
    private RegexMatcher regexMatcher;
    private long budget;
    private boolean regexLimited;

    /** Where a number that was read lies. */
    static final class NumberPlace {
        long value;
        int at;
        int length;
    }

    /** Begins to ask a rule. */
    public void begin() {
        budget = BUDGET;
        regexLimited = false;
    }

    /** True if the rule could not be asked to the end. */
    public boolean isExhausted() {
        return budget < 0 || regexLimited;
    }

    /** Pays for a step that looked at so many bytes; false if nothing is left. */
    boolean pay(final int bytes) {
        budget -= bytes + STEP_COST;
        return budget >= 0;
    }

    void regexLimited() {
        regexLimited = true;
    }

    long variable(final int slot) {
        return variables[slot];
    }

    void variable(final int slot, final long value) {
        variables[slot] = value;
    }

    NumberPlace place() {
        return place;
    }

    AddressReader address() {
        return address;
    }

    byte[] decodedBytes() {
        return decodedBytes;
    }

    /** How often each byte occurs, with any content. */
    int[] histogram() {
        return histogram;
    }

    Input decoded() {
        return decoded;
    }

    RegexMatcher regexMatcher() {
        if (regexMatcher == null) {
            regexMatcher = new RegexMatcher();
        }
        return regexMatcher;
    }

    /** Makes what expressions need; else it is made when the first one is met. */
    public void prepareRegex() {
        regexMatcher();
    }
}
