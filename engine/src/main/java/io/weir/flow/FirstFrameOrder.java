package io.weir.flow;

import java.util.Arrays;

/**
 * Puts flows in the order of their first frames, in bounded memory: of all that are offered it keeps at least the
 * {@link #CHUNK} earliest. What was too late for one round is offered again in the next.
 */
final class FirstFrameOrder {
    static final int CHUNK = 1 << 15;

    private static final int ROOM = 2 * CHUNK;
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private long[] keys = new long[ROOM];
    private int[] records = new int[ROOM];
    private long[] otherKeys = new long[ROOM];
    private int[] otherRecords = new int[ROOM];
    private final int[] starts = new int[DIGITS];
    private int count;
    /** Flows with this key and later ones need not be kept: a whole chunk is before them. */
    private long bound = Long.MAX_VALUE;

    void clear() {
        count = 0;
        bound = Long.MAX_VALUE;
    }

    /** Offers a flow. */
    void offer(final long firstFrame, final int record) {
        if (firstFrame >= bound) {
            return;
        }
        if (count == ROOM) {
            sort();
            count = CHUNK;
            bound = keys[CHUNK - 1];
            if (firstFrame >= bound) {
                return;
            }
        }
        keys[count] = firstFrame;
        records[count] = record;
        count++;
    }

    /** Takes flows that are in order already, in place of offers; false if there is no room for more. */
    boolean append(final int record) {
        if (count == ROOM) {
            return false;
        }
        records[count++] = record;
        return true;
    }

    /** How many were appended. */
    int count() {
        return count;
    }

    /** Ends a round: how many flows are kept, in order. */
    int finish() {
        sort();
        if (bound != Long.MAX_VALUE) {
            count = Math.min(count, CHUNK);
        }
        return count;
    }

    int record(final int position) {
        return records[position];
    }

    /** Radix sort by the digits in which the keys differ. */
    private void sort() {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, keys[i]);
            greatest = Math.max(greatest, keys[i]);
        }
        final long range = count == 0 ? 0 : greatest - least;
        for (int shift = 0; shift < Long.SIZE && range >>> shift != 0; shift += DIGIT_BITS) {
            sortByDigit(least, shift);
        }
    }

    private void sortByDigit(final long least, final int shift) {
        Arrays.fill(starts, 0);
        for (int i = 0; i < count; i++) {
            starts[digit(keys[i] - least, shift)]++;
        }
        int start = 0;
        for (int d = 0; d < DIGITS; d++) {
            final int length = starts[d];
            starts[d] = start;
            start += length;
        }
        for (int i = 0; i < count; i++) {
            final int to = starts[digit(keys[i] - least, shift)]++;
            otherKeys[to] = keys[i];
            otherRecords[to] = records[i];
        }
        final long[] sortedKeys = otherKeys;
        otherKeys = keys;
        keys = sortedKeys;
        final int[] sortedRecords = otherRecords;
        otherRecords = records;
        records = sortedRecords;
    }

    private static int digit(final long distance, final int shift) {
        return (int) (distance >>> shift) & DIGITS - 1;
    }
}
