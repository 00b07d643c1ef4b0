package io.weir.protocol.classify;

import io.weir.protocol.FieldList;
import io.weir.protocol.Parser;

/**
 * Fetches what the content of a batch's frames needs, so that the cache misses overlap: who needs something is noted,
 * and then one loop after the other reads the next thing of each, so short that the processor sees many of them ahead
 * while it waits for the first. One thread.
 */
final class Ahead {
    /** Frames that are noted at once; of more the rest is not fetched. */
    private static final int MOST = 256;

    private final Inspections inspections;
    private final int[] numbers = new int[MOST];
    private final boolean[] fromUpper = new boolean[MOST];
    private final FieldList[] records = new FieldList[MOST];
    private int count;
    private int touched;

    Ahead(final Inspections inspections) {
        this.inspections = inspections;
    }

    /** Something comes for an inspection from one endpoint. */
    void inspection(final int number, final boolean upper) {
        if (count < MOST) {
            fromUpper[count] = upper;
            numbers[count++] = number;
        }
    }

    /** Fetches for all that were noted, and forgets them. */
    void fetch() {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += inspections.touch(numbers[i]);
        }
        for (int i = 0; i < count; i++) {
            final Inspection flow = inspections.get(numbers[i]);
            final Parser parser = flow.parser();
            records[i] = parser == null ? null : parser.pendingRecord();
            sum += parser == null ? 0 : parser.touch(fromUpper[i] == flow.clientIsUpper());
        }
        for (int i = 0; i < count; i++) {
            sum += records[i] == null ? 0 : records[i].touch();
        }
        touched += sum;
        count = 0;
    }

    /** What {@link #fetch} has read; keeps the compiler from leaving it out. */
    int touched() {
        return touched;
    }
}
