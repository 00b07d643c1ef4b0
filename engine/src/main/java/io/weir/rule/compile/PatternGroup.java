package io.weir.rule.compile;

import io.weir.rule.pattern.PatternDatabase;
import java.util.BitSet;

/**
 * Rules that are asked at the same place: some when one of their patterns is found, the others always. Immutable once
 * its database is there.
 */
public final class PatternGroup {
    private static final int[] NONE = {};

    private final int[][] rules;
    private final int[][] ofSegments;
    private final int[] always;
    private final BitSet gates;
    private final int reach;
    private final int shortest;
    private PatternDatabase database;
    private boolean hasSieve;

    PatternGroup(final int[][] rules, final int[][] ofSegments, final int[] always, final BitSet gates,
        final int reach, final int shortest) {
        this.rules = rules;
        this.ofSegments = ofSegments;
        this.always = always;
        this.gates = gates;
        this.reach = reach;
        this.shortest = shortest;
    }

    /** Sets what finds the patterns, before others see the group. */
    void database(final PatternDatabase value) {
        database = value;
        hasSieve = always.length == 0 && value.hasSieve();
    }

    /** True if no rule is asked where its database has no pattern, and that can be told without a scan. */
    public boolean hasSieve() {
        return hasSieve;
    }

    /**
     * False if none of its rules is to be asked about a block of native memory, since none of the patterns stands in
     * it; true if one may be, or nobody can tell without a scan.
     */
    public boolean mayHold(final long address, final int most) {
        final int length = Math.min(most, reach);
        return always.length > 0
            || database != null && length >= shortest && (!hasSieve || database.mayHold(address, length));
    }

    /**
     * The same of a value that lies in an array, or in native memory if there is none: mostly false of a short one
     * without its patterns, without a scan.
     *
     * @param address of its first byte, there or in memory
     */
    public boolean mayHold(final byte[] array, final long address, final int most) {
        final int length = Math.min(most, reach);
        return always.length > 0
            || database != null && length >= shortest && database.mayHold(array, address, length);
    }

    /** What finds the patterns, or null if there is none. */
    public PatternDatabase database() {
        return database;
    }

    /** So many bytes are scanned at most: behind them no pattern counts. */
    public int reach() {
        return reach;
    }

    /** Bytes of its shortest pattern: what is shorter need not be scanned. */
    public int shortest() {
        return shortest;
    }

    /** Numbers of the rules that a pattern makes candidates; not to be changed. */
    public int[] rulesOf(final int pattern) {
        return rules[pattern];
    }

    /**
     * Numbers of the rules about single segments that a pattern makes candidates, where segments are looked at as parts
     * of streams; not to be changed.
     */
    public int[] ofSegments(final int pattern) {
        return ofSegments == null ? NONE : ofSegments[pattern];
    }

    /** True if messages are not to be passed over where a pattern is found: see {@link Gate}. */
    public boolean isGate(final int pattern) {
        return gates.get(pattern);
    }

    /** True if it has rules about streams, else what it has is about single segments. */
    public boolean asksStreams() {
        if (always.length > 0) {
            return true;
        }
        for (final int[] of : rules) {
            if (of.length > 0) {
                return true;
            }
        }
        return false;
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
        for (int i = 0; ofSegments != null && i < ofSegments.length; i++) {
            bytes += 24L + 4L * ofSegments[i].length;
        }
        return bytes;
    }
}
