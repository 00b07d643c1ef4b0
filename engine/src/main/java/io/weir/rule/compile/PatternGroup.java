package io.weir.rule.compile;

import io.weir.rule.pattern.PatternDatabase;

/**
 * Rules that are asked at the same place: some when one of their patterns is found, the others always. Immutable.
 */
public final class PatternGroup {
    private final PatternDatabase database;
    private final int[][] rules;
    private final int[] always;
    private final int reach;

    PatternGroup(final PatternDatabase database, final int[][] rules, final int[] always, final int reach) {
        this.database = database;
        this.rules = rules;
        this.always = always;
        this.reach = reach;
    }

    /** What finds the patterns, or null if there is none. */
    public PatternDatabase database() {
        return database;
    }

    /** So many bytes are scanned at most: behind them no pattern counts. */
    public int reach() {
        return reach;
    }

    /** Numbers of the rules that a pattern makes candidates; not to be changed. */
    public int[] rulesOf(final int pattern) {
        return rules[pattern];
    }

    /** Numbers of the rules without a pattern; not to be changed. */
    public int[] always() {
        return always;
    }

    /** Bytes of heap, roughly. */
    long heapBytes() {
        long bytes = 64L + 4L * always.length;
        for (final int[] of : rules) {
            bytes += 24L + 4L * of.length;
        }
        return bytes;
    }
}
